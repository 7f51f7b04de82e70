import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { onlyFor, shellRoute } from './shell.ts';

const moderation = createRoute({
  getParentRoute: () => shellRoute,
  path: '/moderation',
  beforeLoad: onlyFor('moderation'),
});

const overview = createRoute({
  getParentRoute: () => moderation,
  path: '/',
  component: lazyRouteComponent(() => import('../pages/moderation/overview.tsx'), 'OverviewPage'),
});

/** Pages of operators with the role moderation. */
export const moderationRoutes = moderation.addChildren([overview]);
