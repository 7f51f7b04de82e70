import type { Principal, Session } from '@imprest/application';
import type { ApiKeyScope, Operator, OperatorRole } from '@imprest/domain';
import { RouteConfig } from '@nestjs/platform-fastify';
import type { Dialect } from './dialect.js';

/** Requests of one key count in separate buckets, so that polling never keeps anyone from working. */
export const rateBuckets = ['images', 'video', 'polling'] as const;
export type RateBucket = (typeof rateBuckets)[number];

/** Of a route that learns whose limits it is under from what it looks up: its handler takes from them (RequestRates). */
export const BY_HANDLER = 'byHandler';
type Counted = RateBucket | typeof BY_HANDLER;

/** A part of the operator's work, open to the role of its name; `any` is open to every operator. */
export type OperatorArea = OperatorRole | 'any';

/** Who may call a route. Every route states it: one that does not keeps the program from starting. */
export type Access =
  | { readonly kind: 'public' }
  | { readonly kind: 'tenant'; readonly scope: ApiKeyScope; readonly bucket: Counted }
  | { readonly kind: 'operator'; readonly area: OperatorArea }
  | { readonly kind: 'worker' }
  /** A page of the console before anybody has signed in. */
  | { readonly kind: 'visitor' }
  /** Whoever has signed in; `pending`: also before the second factor. */
  | { readonly kind: 'session'; readonly pending: boolean };

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
    /** Of the console; null for whoever came with a key. */
    session: Session | null;
    /** Of the request's span; undefined when it is not traced. */
    traceparent?: string;
  }
}

export const Public = () => RouteConfig({ access: { kind: 'public' } });
/** @param area that a signed-in operator has to have a role for; a key of an operator is for all areas */
export const OperatorOnly = (area: OperatorArea = 'operations') =>
  RouteConfig({ access: { kind: 'operator', area } });
export const WorkerOnly = () => RouteConfig({ access: { kind: 'worker' } });
export const ForVisitor = () => RouteConfig({ access: { kind: 'visitor' } });
export const ForSession = ({ pending = false } = {}) =>
  RouteConfig({ access: { kind: 'session', pending } });

export const ForTenant = (scope: ApiKeyScope, bucket: Counted = 'polling', dialect?: Dialect) =>
  RouteConfig({ access: { kind: 'tenant', scope, bucket }, dialect });
