import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { onlyFor, shellRoute } from './shell.ts';

const finance = createRoute({
  getParentRoute: () => shellRoute,
  path: '/finance',
  beforeLoad: onlyFor('finance'),
});

const overview = createRoute({
  getParentRoute: () => finance,
  path: '/',
  component: lazyRouteComponent(() => import('../pages/finance/overview.tsx'), 'OverviewPage'),
});

/** Pages of operators with the role finance. */
export const financeRoutes = finance.addChildren([overview]);
