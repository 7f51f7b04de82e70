import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { tenantRoute } from './tenant-root.ts';
import { tenantWorkRoutes } from './tenant-work.ts';

const home = createRoute({
  getParentRoute: () => tenantRoute,
  path: '/',
  component: lazyRouteComponent(() => import('../pages/tenant/home.tsx'), 'HomePage'),
});

/** Pages of a tenant, for its members. */
export const tenantRoutes = tenantRoute.addChildren([home, ...tenantWorkRoutes]);
