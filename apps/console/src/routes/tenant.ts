import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { tableSearch } from '../search-params.ts';
import { tenantRoute } from './tenant-root.ts';
import { tenantWorkRoutes } from './tenant-work.ts';

const home = createRoute({
  getParentRoute: () => tenantRoute,
  path: '/',
  component: lazyRouteComponent(() => import('../pages/tenant/home.tsx'), 'HomePage'),
});

const keys = createRoute({
  getParentRoute: () => tenantRoute,
  path: '/keys',
  validateSearch: tableSearch(),
  component: lazyRouteComponent(() => import('../pages/tenant/keys.tsx'), 'KeysPage'),
});

const topUps = createRoute({
  getParentRoute: () => tenantRoute,
  path: '/top-ups',
  validateSearch: tableSearch('status', 'from', 'to'),
  component: lazyRouteComponent(() => import('../pages/tenant/top-ups.tsx'), 'TopUpsPage'),
});

const balanceAlert = createRoute({
  getParentRoute: () => tenantRoute,
  path: '/balance-alert',
  component: lazyRouteComponent(
    () => import('../pages/tenant/balance-alert.tsx'),
    'BalanceAlertPage',
  ),
});

const members = createRoute({
  getParentRoute: () => tenantRoute,
  path: '/members',
  validateSearch: tableSearch(),
  component: lazyRouteComponent(() => import('../pages/tenant/members.tsx'), 'MembersPage'),
});

/** Pages of a tenant, for its members. */
export const tenantRoutes = tenantRoute.addChildren([
  home,
  keys,
  topUps,
  balanceAlert,
  members,
  ...tenantWorkRoutes,
]);
