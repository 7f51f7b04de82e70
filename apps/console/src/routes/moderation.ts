import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { tableSearch } from '../search-params.ts';
import { onlyFor, shellRoute } from './shell.ts';

const moderation = createRoute({
  getParentRoute: () => shellRoute,
  path: '/moderation',
  beforeLoad: onlyFor('moderation'),
});

const queueSearch = tableSearch('state', 'kind', 'grounds', 'category', 'tenantId', 'from', 'to');

const queue = createRoute({
  getParentRoute: () => moderation,
  path: '/',
  // What has yet to be decided, unless the address says otherwise.
  validateSearch: (search) => ({ state: 'open', ...queueSearch(search) }),
  component: lazyRouteComponent(() => import('../pages/moderation/queue.tsx'), 'QueuePage'),
});

const oneCase = createRoute({
  getParentRoute: () => moderation,
  path: '/cases/$caseId',
  component: lazyRouteComponent(() => import('../pages/moderation/case.tsx'), 'CasePage'),
});

const takedowns = createRoute({
  getParentRoute: () => moderation,
  path: '/takedowns',
  validateSearch: tableSearch(),
  component: lazyRouteComponent(() => import('../pages/moderation/takedowns.tsx'), 'TakedownsPage'),
});

/** Pages of operators with the role moderation. */
export const moderationRoutes = moderation.addChildren([queue, oneCase, takedowns]);
