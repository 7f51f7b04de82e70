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

const references = createRoute({
  getParentRoute: at,
  path: 'references',
  component: lazyRouteComponent(
    () => import('../pages/tenant/references/references.tsx'),
    'ReferencesPage',
  ),
});

const reference = createRoute({
  getParentRoute: at,
  path: 'references/$referenceId',
  component: lazyRouteComponent(
    () => import('../pages/tenant/references/references.tsx'),
    'ReferencesPage',
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

const webhooks = createRoute({
  getParentRoute: at,
  path: 'webhooks',
  component: lazyRouteComponent(
    () => import('../pages/tenant/webhooks/webhooks.tsx'),
    'WebhooksPage',
  ),
});

const webhook = createRoute({
  getParentRoute: at,
  path: 'webhooks/$endpointId',
  validateSearch: tableSearch('status'),
  component: lazyRouteComponent(
    () => import('../pages/tenant/webhooks/webhook-endpoint.tsx'),
    'WebhookEndpointPage',
  ),
});

const webhookMessages = createRoute({
  getParentRoute: at,
  path: 'webhook-messages',
  validateSearch: tableSearch('status', 'generationId', 'endpointId'),
  component: lazyRouteComponent(
    () => import('../pages/tenant/webhooks/webhook-messages.tsx'),
    'WebhookMessagesPage',
  ),
});

const webhookMessage = createRoute({
  getParentRoute: at,
  path: 'webhook-messages/$messageId',
  component: lazyRouteComponent(
    () => import('../pages/tenant/webhooks/webhook-message.tsx'),
    'WebhookMessagePage',
  ),
});

const usage = createRoute({
  getParentRoute: at,
  path: 'usage',
  validateSearch: tableSearch('groupBy', 'from', 'to'),
  component: lazyRouteComponent(() => import('../pages/tenant/usage/usage.tsx'), 'UsagePage'),
});

const statements = createRoute({
  getParentRoute: at,
  path: 'statements',
  validateSearch: tableSearch('month'),
  component: lazyRouteComponent(
    () => import('../pages/tenant/statements/statements.tsx'),
    'StatementsPage',
  ),
});

const ledger = createRoute({
  getParentRoute: at,
  path: 'ledger',
  validateSearch: tableSearch('from', 'to', 'generationId'),
  component: lazyRouteComponent(
    () => import('../pages/tenant/statements/ledger-entries.tsx'),
    'LedgerEntriesPage',
  ),
});

const lots = createRoute({
  getParentRoute: at,
  path: 'lots',
  validateSearch: tableSearch(),
  component: lazyRouteComponent(() => import('../pages/tenant/statements/lots.tsx'), 'LotsPage'),
});

/** Pages of what a tenant makes, who for, who is told, and what it came to. */
export const tenantWorkRoutes = [
  generations,
  generation,
  playground,
  characters,
  character,
  references,
  reference,
  endUsers,
  endUser,
  webhooks,
  webhook,
  webhookMessages,
  webhookMessage,
  usage,
  statements,
  ledger,
  lots,
];
