import { AppShell, Burger, Group, ScrollArea, Text } from '@mantine/core';
import { useDisclosure, useHotkeys } from '@mantine/hooks';
import { Link, Outlet } from '@tanstack/react-router';
import { Suspense } from 'react';
import { useSignedIn } from '../session/use-session.ts';
import { AccountMenu } from './account-menu.tsx';
import { ColorSchemeSwitch } from './color-scheme-switch.tsx';
import { NavigationMenu } from './navigation-menu.tsx';
import { LazyPalette, PaletteButton, usePalette } from './palette/palette-button.tsx';
import { TenantSwitcher } from './tenant-switcher.tsx';
import { useTenantAtHand } from './use-tenant-at-hand.ts';

/** Head, navigation and the place of the page. */
export function Shell() {
  const session = useSignedIn();
  const tenantId = useTenantAtHand(session);
  const [opened, { toggle, close }] = useDisclosure(false);
  const palette = usePalette();
  useHotkeys([['mod+K', palette.open]], []);
  return (
    <AppShell
      header={{ height: 56 }}
      navbar={{ width: 232, breakpoint: 'sm', collapsed: { mobile: !opened } }}
      padding="md"
    >
      <a className="skip-link" href="#page">
        Skip to the page
      </a>
      <AppShell.Header>
        <Group h="100%" px="md" gap="sm" wrap="nowrap">
          <Burger
            opened={opened}
            onClick={toggle}
            hiddenFrom="sm"
            size="sm"
            aria-label={opened ? 'Close the navigation' : 'Open the navigation'}
            aria-expanded={opened}
          />
          <Text component={Link} to="/" fw={700} c="inherit" visibleFrom="sm">
            Imprest
          </Text>
          <TenantSwitcher session={session} tenantId={tenantId} />
          <Group ml="auto" gap="xs" wrap="nowrap">
            <PaletteButton onClick={palette.open} />
            <ColorSchemeSwitch />
            <AccountMenu email={session.user.email} />
          </Group>
        </Group>
      </AppShell.Header>
      <AppShell.Navbar p="sm" component="nav" aria-label="Pages">
        <AppShell.Section grow component={ScrollArea}>
          <NavigationMenu session={session} tenantId={tenantId} onNavigate={close} />
        </AppShell.Section>
      </AppShell.Navbar>
      <AppShell.Main id="page" tabIndex={-1}>
        <Suspense>
          <Outlet />
        </Suspense>
      </AppShell.Main>
      <LazyPalette palette={palette} session={session} tenantId={tenantId} />
    </AppShell>
  );
}
