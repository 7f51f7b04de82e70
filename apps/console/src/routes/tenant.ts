import { createRoute, lazyRouteComponent, notFound } from '@tanstack/react-router';
import { shellRoute } from './shell.ts';

const tenant = createRoute({
  getParentRoute: () => shellRoute,
  path: '/t/$tenantId',
  beforeLoad: ({ context, params }) => {
    const { memberships } = context.session;
    if (!memberships.some(({ tenantId }) => tenantId === params.tenantId)) throw notFound();
  },
});

const home = createRoute({
  getParentRoute: () => tenant,
  path: '/',
  component: lazyRouteComponent(() => import('../pages/tenant/home.tsx'), 'HomePage'),
});

/** Pages of a tenant, for its members. */
export const tenantRoutes = tenant.addChildren([home]);
