import type { Principal } from '@imprest/application';
import type { ApiKeyScope, Operator } from '@imprest/domain';
import { RouteConfig } from '@nestjs/platform-fastify';
import type { Dialect } from './dialect.js';

/** Requests of one key count in separate buckets, so that polling never keeps anyone from working. */
export const rateBuckets = ['images', 'video', 'polling'] as const;
export type RateBucket = (typeof rateBuckets)[number];

/** Of a route that learns whose limits it is under from what it looks up: its handler takes from them (RequestRates). */
export const BY_HANDLER = 'byHandler';
type Counted = RateBucket | typeof BY_HANDLER;

/** What an operator who signs in has to be entitled to; a key of an operator is to all of it. `any`: to anything. */
export const operatorAreas = ['finance', 'operations', 'moderation'] as const;
export type OperatorArea = (typeof operatorAreas)[number] | 'any';

/** Who may call a route. Every route states it: one that does not keeps the program from starting. */
export type Access =
  | { readonly kind: 'public' }
  | { readonly kind: 'tenant'; readonly scope: ApiKeyScope; readonly bucket: Counted }
  | { readonly kind: 'operator'; readonly area: OperatorArea }
  | { readonly kind: 'worker' };

/** A tenant's request after the access hook. */
export interface TenantRequest {
  readonly id: string;
  readonly principal: Principal;
}

declare module 'fastify' {
  interface FastifyContextConfig {
    access?: Access;
    /** Whose error table answers on this route; the native one when absent. */
    dialect?: Dialect;
  }
  interface FastifyRequest {
    principal: Principal | null;
    /** Who sent it, on routes of operators. */
    operator: Operator | null;
    /** Of the request's span; undefined when it is not traced. */
    traceparent?: string;
  }
}

export const Public = () => RouteConfig({ access: { kind: 'public' } });
export const OperatorOnly = (area: OperatorArea = 'operations') =>
  RouteConfig({ access: { kind: 'operator', area } });
export const WorkerOnly = () => RouteConfig({ access: { kind: 'worker' } });

export const ForTenant = (scope: ApiKeyScope, bucket: Counted = 'polling', dialect?: Dialect) =>
  RouteConfig({ access: { kind: 'tenant', scope, bucket }, dialect });
