import '@mantine/spotlight/styles.css';
import { createSpotlight, Spotlight } from '@mantine/spotlight';
import { IconSearch } from '@tabler/icons-react';
import { useNavigate } from '@tanstack/react-router';
import { useEffect, useMemo } from 'react';
import type { SignedIn } from '../session/session.ts';
import { navigationOf } from './navigation/navigation.ts';

const [store, spotlight] = createSpotlight();

interface CommandPaletteProps {
  readonly opened: boolean;
  readonly onClose: () => void;
  readonly session: SignedIn;
  readonly tenantId: string | undefined;
}

/** Goes to a page by its name. */
export default function CommandPalette({
  opened,
  onClose,
  session,
  tenantId,
}: CommandPaletteProps) {
  const navigate = useNavigate();
  useEffect(() => {
    if (opened) spotlight.open();
  }, [opened]);
  const actions = useMemo(
    () =>
      navigationOf(session, tenantId).map(({ title, items }) => ({
        group: title,
        actions: items.map((item) => ({
          id: item.to,
          label: item.label,
          keywords: [...(item.keywords ?? [])],
          leftSection: <item.icon size={18} aria-hidden />,
          onClick: () => void navigate({ to: item.to }),
        })),
      })),
    [session, tenantId, navigate],
  );
  return (
    <Spotlight
      store={store}
      shortcut={null}
      actions={actions}
      onSpotlightClose={onClose}
      nothingFound="There is no such page."
      attributes={{ content: { 'aria-label': 'Find a page or an id' } }}
      scrollable
      maxHeight={420}
      searchProps={{
        leftSection: <IconSearch size={18} aria-hidden />,
        placeholder: 'Page or id',
        'aria-label': 'Page or id',
      }}
    />
  );
}
