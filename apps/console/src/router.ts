import type { QueryClient } from '@tanstack/react-query';
import { createRouter } from '@tanstack/react-router';
import { ErrorPage } from './pages/error-page.tsx';
import { NotFoundPage } from './pages/not-found-page.tsx';
import { accountRoutes, signInRoutes } from './routes/account.ts';
import { financeRoutes } from './routes/finance.ts';
import { moderationRoutes } from './routes/moderation.ts';
import { operationsRoutes } from './routes/operations.ts';
import { rootRoute } from './routes/root.ts';
import { otherwiseRoute, shellRoute, startRoute } from './routes/shell.ts';
import { tenantRoutes } from './routes/tenant.ts';
import { parseSearch, stringifySearch } from './search-params.ts';

const routeTree = rootRoute.addChildren([
  ...signInRoutes,
  shellRoute.addChildren([
    startRoute,
    otherwiseRoute,
    ...accountRoutes,
    tenantRoutes,
    financeRoutes,
    operationsRoutes,
    moderationRoutes,
  ]),
]);

/** Every page of the console with its address. */
export function createConsoleRouter(queryClient: QueryClient) {
  return createRouter({
    routeTree,
    basepath: '/console',
    context: { queryClient },
    parseSearch,
    stringifySearch,
    defaultPreload: 'intent',
    defaultPreloadStaleTime: 0,
    scrollRestoration: true,
    defaultErrorComponent: ErrorPage,
    defaultNotFoundComponent: NotFoundPage,
  });
}
