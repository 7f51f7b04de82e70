import { isOwner, operates, type SignedIn } from '../../session/session.ts';
import { financeNavigation } from './finance-navigation.ts';
import { moderationNavigation } from './moderation-navigation.ts';
import type { NavigationSection } from './navigation-item.ts';
import { operationsNavigation, ownersItems } from './operations-navigation.ts';
import { tenantNavigation } from './tenant-navigation.ts';

function operationsOf(session: SignedIn): NavigationSection {
  const { title, items } = operationsNavigation;
  return { title, items: isOwner(session) ? [...items, ...ownersItems] : items };
}

/** Every page that the user may open: of the tenant at hand and of the operator's desk. */
export function navigationOf(session: SignedIn, tenantId: string | undefined): NavigationSection[] {
  const { memberships } = session;
  const tenant = memberships.find((each) => each.tenantId === tenantId) ?? memberships[0];
  return [
    ...(tenant === undefined ? [] : [tenantNavigation(tenant)]),
    ...(operates(session, 'operations') ? [operationsOf(session)] : []),
    ...(operates(session, 'finance') ? [financeNavigation] : []),
    ...(operates(session, 'moderation') ? [moderationNavigation] : []),
  ];
}
