import { ActionIcon, Button, Kbd } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconSearch } from '@tabler/icons-react';
import { lazy, Suspense, useRef } from 'react';
import type { SignedIn } from '../../session/session.ts';

const CommandPalette = lazy(() => import('./command-palette.tsx'));

/** Whether the palette is open; it is fetched when it is opened for the first time. */
export function usePalette() {
  const [isOpen, { open, close }] = useDisclosure(false);
  const wasOpened = useRef(false);
  wasOpened.current ||= isOpen;
  return { isOpen, open, close, isNeeded: wasOpened.current };
}

interface LazyPaletteProps {
  readonly palette: ReturnType<typeof usePalette>;
  readonly session: SignedIn;
  readonly tenantId: string | undefined;
}

export function LazyPalette({ palette, session, tenantId }: LazyPaletteProps) {
  if (!palette.isNeeded) return null;
  return (
    <Suspense>
      <CommandPalette
        opened={palette.isOpen}
        onClose={palette.close}
        session={session}
        tenantId={tenantId}
      />
    </Suspense>
  );
}

export function PaletteButton({ onClick }: { onClick: () => void }) {
  return (
    <>
      <Button
        visibleFrom="md"
        variant="default"
        size="xs"
        leftSection={<IconSearch size={16} aria-hidden />}
        rightSection={<Kbd size="xs">Ctrl K</Kbd>}
        onClick={onClick}
      >
        Find a page or an id
      </Button>
      <ActionIcon
        hiddenFrom="md"
        variant="default"
        size="lg"
        aria-label="Find a page or an id"
        onClick={onClick}
      >
        <IconSearch size={18} aria-hidden />
      </ActionIcon>
    </>
  );
}
