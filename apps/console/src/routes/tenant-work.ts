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

const characters = createRoute({
  getParentRoute: at,
  path: 'characters',
  validateSearch: tableSearch(),
  component: lazyRouteComponent(
    () => import('../pages/tenant/characters/characters.tsx'),
    'CharactersPage',
  ),
});

const character = createRoute({
  getParentRoute: at,
  path: 'characters/$characterId',
  component: lazyRouteComponent(
    () => import('../pages/tenant/characters/character.tsx'),
    'CharacterPage',
  ),
});

const endUsers = createRoute({
  getParentRoute: at,
  path: 'end-users',
  validateSearch: tableSearch('state'),
  component: lazyRouteComponent(
    () => import('../pages/tenant/end-users/end-users.tsx'),
    'EndUsersPage',
  ),
});

const endUser = createRoute({
  getParentRoute: at,
  path: 'end-users/$email',
  validateSearch: tableSearch('status', 'model', 'from', 'to'),
  component: lazyRouteComponent(
    () => import('../pages/tenant/end-users/end-user.tsx'),
    'EndUserPage',
  ),
});

/** Pages of what a tenant makes, who for, who is told, and what it came to. */
export const tenantWorkRoutes = [
  generations,
  generation,
  playground,
  characters,
  character,
  endUsers,
  endUser,
];
