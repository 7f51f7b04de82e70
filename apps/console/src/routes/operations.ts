import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
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

/** Pages of operators with the role operations. */
export const operationsRoutes = operations.addChildren([overview]);
