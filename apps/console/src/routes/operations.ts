import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { tableSearch } from '../search-params.ts';
import { onlyFor, shellRoute } from './shell.ts';

const operations = createRoute({
  getParentRoute: () => shellRoute,
  path: '/operations',
  beforeLoad: onlyFor('operations'),
});

const overview = createRoute({
  getParentRoute: () => operations,
  path: '/',
  component: lazyRouteComponent(() => import('../pages/operations/overview.tsx'), 'OverviewPage'),
});

const workers = createRoute({
  getParentRoute: () => operations,
  path: '/workers',
  validateSearch: tableSearch('state', 'model'),
  component: lazyRouteComponent(() => import('../pages/operations/workers.tsx'), 'WorkersPage'),
});

const models = createRoute({
  getParentRoute: () => operations,
  path: '/models',
  validateSearch: tableSearch(),
  component: lazyRouteComponent(() => import('../pages/operations/models.tsx'), 'ModelsPage'),
});

const waiting = createRoute({
  getParentRoute: () => operations,
  path: '/waiting',
  validateSearch: tableSearch('id'),
  component: lazyRouteComponent(() => import('../pages/operations/waiting.tsx'), 'WaitingPage'),
});

const deadLetters = createRoute({
  getParentRoute: () => operations,
  path: '/dead-letters',
  validateSearch: tableSearch('tenantId', 'model', 'class', 'since', 'redriven'),
  component: lazyRouteComponent(
    () => import('../pages/operations/dead-letters.tsx'),
    'DeadLettersPage',
  ),
});

const parked = createRoute({
  getParentRoute: () => operations,
  path: '/parked',
  validateSearch: tableSearch('consumer'),
  component: lazyRouteComponent(() => import('../pages/operations/parked.tsx'), 'ParkedPage'),
});

const tenants = createRoute({
  getParentRoute: () => operations,
  path: '/tenants',
  validateSearch: tableSearch(),
  component: lazyRouteComponent(() => import('../pages/operations/tenants.tsx'), 'TenantsPage'),
});

const tenant = createRoute({
  getParentRoute: () => operations,
  path: '/tenants/$tenant',
  validateSearch: tableSearch(),
  component: lazyRouteComponent(() => import('../pages/operations/tenant.tsx'), 'TenantPage'),
});

/** Pages of operators with the role operations. */
export const operationsRoutes = operations.addChildren([
  overview,
  workers,
  models,
  waiting,
  deadLetters,
  parked,
  tenants,
  tenant,
]);
