import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { tableSearch } from '../search-params.ts';
import { tenantRoute } from './tenant-root.ts';

const at = () => tenantRoute;

const generations = createRoute({
  getParentRoute: at,
  path: 'generations',
  validateSearch: tableSearch('status', 'model', 'endUserEmail', 'from', 'to'),
  component: lazyRouteComponent(
    () => import('../pages/tenant/generations/generations.tsx'),
    'GenerationsPage',
  ),
});

const generation = createRoute({
  getParentRoute: at,
  path: 'generations/$generationId',
  component: lazyRouteComponent(
    () => import('../pages/tenant/generations/generation.tsx'),
    'GenerationPage',
  ),
});

const playground = createRoute({
  getParentRoute: at,
  path: 'playground',
  validateSearch: tableSearch('dialect', 'kind', 'model', 'from', 'character'),
  component: lazyRouteComponent(
    () => import('../pages/playground/playground.tsx'),
    'PlaygroundPage',
  ),
});

/** Pages of what a tenant makes, who for, who is told, and what it came to. */
export const tenantWorkRoutes = [generations, generation, playground];
