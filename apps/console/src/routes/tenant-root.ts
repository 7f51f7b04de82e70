import { createRoute, notFound } from '@tanstack/react-router';
import { shellRoute } from './shell.ts';

/** Above every page of a tenant: for its members alone. */
export const tenantRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/t/$tenantId',
  beforeLoad: ({ context, params }) => {
    const { memberships } = context.session;
    if (!memberships.some(({ tenantId }) => tenantId === params.tenantId)) throw notFound();
  },
});
