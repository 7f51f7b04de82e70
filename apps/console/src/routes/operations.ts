import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { tableSearch } from '../search-params.ts';
import { onlyFor, onlyForOwners, shellRoute } from './shell.ts';

const operations = createRoute({
  getParentRoute: () => shellRoute,
  path: '/operations',
  beforeLoad: onlyFor('operations'),
});

const overview = createRoute({
  getParentRoute: () => operations,
  path: '/',
  validateSearch: tableSearch(),
  component: lazyRouteComponent(() => import('../pages/operations/overview.tsx'), 'OverviewPage'),
});

const queue = createRoute({
  getParentRoute: () => operations,
  path: '/queue',
  validateSearch: tableSearch('tenantId', 'model'),
  component: lazyRouteComponent(() => import('../pages/operations/queue.tsx'), 'QueuePage'),
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

const events = createRoute({
  getParentRoute: () => operations,
  path: '/events',
  validateSearch: tableSearch(
    'stream',
    'category',
    'type',
    'tenantId',
    'generationId',
    'correlationId',
    'text',
    'since',
    'until',
  ),
  component: lazyRouteComponent(() => import('../pages/operations/events.tsx'), 'EventsPage'),
});

const event = createRoute({
  getParentRoute: () => operations,
  path: '/events/$eventId',
  component: lazyRouteComponent(() => import('../pages/operations/event.tsx'), 'EventPage'),
});

const traces = createRoute({
  getParentRoute: () => operations,
  path: '/traces',
  validateSearch: tableSearch('id'),
  component: lazyRouteComponent(() => import('../pages/operations/traces.tsx'), 'TracesPage'),
});

const projections = createRoute({
  getParentRoute: () => operations,
  path: '/projections',
  validateSearch: tableSearch(),
  component: lazyRouteComponent(
    () => import('../pages/operations/projections.tsx'),
    'ProjectionsPage',
  ),
});

const projection = createRoute({
  getParentRoute: () => operations,
  path: '/projections/$projection',
  validateSearch: tableSearch(),
  component: lazyRouteComponent(
    () => import('../pages/operations/projection.tsx'),
    'ProjectionPage',
  ),
});

const priceBook = createRoute({
  getParentRoute: () => operations,
  path: '/price-book',
  validateSearch: tableSearch(),
  component: lazyRouteComponent(
    () => import('../pages/operations/price-book.tsx'),
    'PriceBookPage',
  ),
});

const audit = createRoute({
  getParentRoute: () => operations,
  path: '/audit',
  validateSearch: tableSearch('actor', 'action', 'tenantId', 'since', 'until'),
  component: lazyRouteComponent(() => import('../pages/operations/audit.tsx'), 'AuditPage'),
});

const tenants = createRoute({
  getParentRoute: () => operations,
  path: '/tenants',
  validateSearch: tableSearch('q', 'frozen'),
  component: lazyRouteComponent(() => import('../pages/operations/tenants.tsx'), 'TenantsPage'),
});

const tenant = createRoute({
  getParentRoute: () => operations,
  path: '/tenants/$tenant',
  validateSearch: tableSearch(),
  component: lazyRouteComponent(() => import('../pages/operations/tenant.tsx'), 'TenantPage'),
});

const users = createRoute({
  getParentRoute: () => operations,
  path: '/users',
  validateSearch: tableSearch(),
  beforeLoad: onlyForOwners,
  component: lazyRouteComponent(() => import('../pages/operations/users.tsx'), 'UsersPage'),
});

/** Pages of operators with the role operations. */
export const operationsRoutes = operations.addChildren([
  overview,
  queue,
  workers,
  models,
  waiting,
  deadLetters,
  parked,
  events,
  event,
  traces,
  projections,
  projection,
  priceBook,
  audit,
  tenants,
  tenant,
  users,
]);
