import { readFileSync } from 'node:fs';
import type { Operation } from '@imprest/platform';
import type { Type } from '@nestjs/common';
import { SchemaComponents } from './components.js';
import { errorResponses } from './errors.js';
import { answerHeaders, requestHeaders } from './headers.js';
import { operationObject } from './operation-object.js';
import { type Route, routesOf } from './routes.js';
import { namedSchemas } from './schemas/index.js';
import { securitySchemes } from './security.js';
import { webhooks } from './webhooks.js';

const packageFile = new URL('../../package.json', import.meta.url);
const { version } = JSON.parse(readFileSync(packageFile, 'utf8')) as { version: string };

/** In the order of the reference. */
const tags: Readonly<Record<string, string>> = {
  Generations: 'Ask for images, follow the work, read the record.',
  References: 'Reference images, uploaded once and used by id.',
  'OpenAI Images': 'The same for clients of OpenAI’s Images API.',
  'Images and jobs': 'The same for clients of the uncensored API.',
  Characters: 'Fictional adults, made once and shown in many images: the xavira API.',
  'End users': 'Who is responsible for which request.',
  Account: 'Prepaid tokens: balance and statement.',
  'Top-ups': 'Order tokens, follow the payment, get the receipt.',
  Keys: 'Issue, rotate and revoke the keys of your own tenant.',
  Members: 'Who acts for a tenant at the console: roles and invitations.',
  Webhooks: 'Records delivered to a URL of yours.',
  Images: 'Image files under signed URLs.',
  Limits: 'Rate limit tiers, token budgets and usage.',
  Tenants: 'For the operator: tenants, their keys and what they are granted.',
  Users: 'For the operator: who signs in at the console, and which operators there are.',
  Books: 'For the operator: the ledger as a whole.',
  Payments: 'For the operator: payments under review, by hand and sent back.',
  Consumers: 'For the operator: events that a projector or reactor cannot process.',
  'Control room':
    'For the operator: the installation as a whole, its events and what is made of them.',
  Work: 'For the operator: why work waits, which models get none, and what has failed for good.',
  Moderation: 'For moderators: what a person has to look at, decisions and takedowns.',
  'Workers and scaling': 'For the operator: which workers there are, and how many there should be.',
  Workers: 'For workers: leases of jobs, progress and outcomes.',
  Service: 'Health of the process and descriptions of its interfaces.',
};

const METHODS: readonly string[] = ['get', 'post', 'put', 'patch', 'delete'];

const description = `Images for prepaid tokens: a request holds its price, a worker renders it, a signed webhook delivers it, and the ledger can prove every step.

Send your key as \`Authorization: Bearer <key>\` or \`x-api-key: <key>\`. Every answer carries \`X-Request-Id\`; every answer to a valid key carries \`X-RateLimit-*\`, \`RateLimit\` and \`RateLimit-Policy\`. Fields may be added to answers at any time; unknown fields of a request for images are ignored, those of other bodies are refused.`;

export interface DescribedRoute {
  readonly route: Route;
  readonly operation: Operation;
}

/** All routes that are for readers of the reference. @throws Error for one that nobody described */
export function describedRoutes(controllers: readonly Type[]): readonly DescribedRoute[] {
  const ids = new Set<string>();
  return routesOf(controllers).flatMap((route) => {
    const { description: operation, method, path } = route;
    if (operation === undefined) throw new Error(`${method} ${path} is not described`);
    if (operation === 'internal') return [];
    if (ids.has(operation.id)) throw new Error(`two operations are called ${operation.id}`);
    if (!(operation.tag in tags)) throw new Error(`${operation.id}: unknown tag ${operation.tag}`);
    ids.add(operation.id);
    return [{ route, operation }];
  });
}

function inOrder(a: DescribedRoute, b: DescribedRoute): number {
  const names = Object.keys(tags);
  const byTag = names.indexOf(a.operation.tag) - names.indexOf(b.operation.tag);
  if (byTag !== 0) return byTag;
  if (a.route.path !== b.route.path) return a.route.path < b.route.path ? -1 : 1;
  return METHODS.indexOf(a.route.method) - METHODS.indexOf(b.route.method);
}

/** The OpenAPI 3.1 document of a process made of these controllers; their order does not matter. */
export function openApiDocument(controllers: readonly Type[]): object {
  const components = new SchemaComponents(namedSchemas);
  const paths: Record<string, Record<string, object>> = {};
  const used = new Set<string>();
  for (const { route, operation } of [...describedRoutes(controllers)].sort(inOrder)) {
    paths[route.path] ??= {};
    paths[route.path]![route.method] = operationObject(route, operation, components);
    used.add(operation.tag);
  }
  const parameters = Object.entries(requestHeaders).map(([name, header]) => [
    name,
    { name, in: 'header', ...header },
  ]);
  return {
    openapi: '3.1.0',
    info: {
      title: 'Imprest',
      version,
      description,
      license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
    },
    servers: [{ url: '/' }],
    tags: Object.entries(tags)
      .filter(([name]) => used.has(name))
      .map(([name, about]) => ({ name, description: about })),
    paths,
    webhooks: components.reference(webhooks),
    components: {
      schemas: components.schemas,
      responses: components.reference(errorResponses),
      parameters: Object.fromEntries(parameters),
      headers: answerHeaders,
      securitySchemes,
    },
  };
}
