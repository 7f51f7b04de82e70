import {
  IconChartBar,
  IconCreditCard,
  IconHome,
  IconKey,
  IconPhoto,
  IconPlayerPlay,
  IconReceipt2,
  IconUserCircle,
  IconUsers,
  IconUsersGroup,
  IconWebhook,
} from '@tabler/icons-react';
import type { Membership, TenantRole } from '../../session/session.ts';
import type { NavigationSection, TenantNavigationItem } from './navigation-item.ts';

/** Who sees what was generated, and for whom; those who pay see what it cost. */
const WORK: readonly TenantRole[] = ['developer', 'viewer'];

/** Pages of a tenant; `to` is below `/t/<tenant>`. */
const ITEMS: readonly TenantNavigationItem[] = [
  { label: 'Home', to: '', icon: IconHome, keywords: ['balance', 'spend'] },
  {
    label: 'Playground',
    to: '/playground',
    icon: IconPlayerPlay,
    roles: ['developer'],
    keywords: ['try', 'generate'],
  },
  {
    label: 'Generations',
    to: '/generations',
    icon: IconPhoto,
    roles: WORK,
    keywords: ['images', 'jobs'],
  },
  { label: 'Characters', to: '/characters', icon: IconUserCircle, roles: WORK },
  { label: 'End users', to: '/end-users', icon: IconUsers, roles: WORK },
  {
    label: 'Webhooks',
    to: '/webhooks',
    icon: IconWebhook,
    roles: WORK,
    keywords: ['endpoints', 'deliveries'],
  },
  {
    label: 'Usage',
    to: '/usage',
    icon: IconChartBar,
    roles: ['developer', 'finance'],
    keywords: ['spend', 'csv'],
  },
  {
    label: 'Statements',
    to: '/statements',
    icon: IconReceipt2,
    roles: ['developer', 'finance'],
    keywords: ['ledger', 'lots', 'pdf', 'csv'],
  },
  { label: 'Top up', to: '/top-ups', icon: IconCreditCard, keywords: ['pay', 'receipts', 'alert'] },
  { label: 'Keys', to: '/keys', icon: IconKey, keywords: ['api', 'budget', 'rotate'] },
  { label: 'Members', to: '/members', icon: IconUsersGroup, keywords: ['invite', 'roles'] },
];

/** What a member sees of a tenant. */
export function tenantNavigation({ tenantId, name, role }: Membership): NavigationSection {
  const seen = ITEMS.filter(
    ({ roles }) => roles === undefined || role === 'owner' || roles.includes(role),
  );
  const items = seen.map((item) => ({ ...item, to: `/t/${tenantId}${item.to}` }));
  return { title: name, items };
}
