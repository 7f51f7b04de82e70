import { NavLink, Stack, Text } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import type { SignedIn } from '../session/session.ts';
import { navigationOf } from './navigation/navigation.ts';
import type { NavigationItem, NavigationSection } from './navigation/navigation-item.ts';

/** A page whose address begins others, as that of an area does, is current alone when it is open itself. */
function isFirst({ items }: NavigationSection, { to }: NavigationItem): boolean {
  return items.some((other) => other.to !== to && other.to.startsWith(`${to}/`));
}

interface NavigationMenuProps {
  readonly session: SignedIn;
  readonly tenantId: string | undefined;
  readonly onNavigate: () => void;
}

/** Links to every page the user may open, by area. */
export function NavigationMenu({ session, tenantId, onNavigate }: NavigationMenuProps) {
  return (
    <Stack gap="md">
      {navigationOf(session, tenantId).map((section) => (
        <section key={section.title} aria-label={section.title}>
          <Text size="xs" fw={700} c="dimmed" px="xs" mb={4} truncate>
            {section.title}
          </Text>
          {section.items.map((item) => (
            <NavLink
              key={item.to}
              component={Link}
              to={item.to}
              activeOptions={{ exact: isFirst(section, item), includeSearch: false }}
              activeProps={{ 'data-active': true }}
              label={item.label}
              leftSection={<item.icon size={18} stroke={1.6} aria-hidden />}
              onClick={onNavigate}
            />
          ))}
        </section>
      ))}
    </Stack>
  );
}
