import { hash } from 'node:crypto';
import { type ApiKeyScope, isUsable, type TenantRole } from '@imprest/domain';
import { streamName } from '@imprest/event-catalogue';
import { Inject, Injectable } from '@nestjs/common';
import { StreamChanges } from '../consuming/stream-changes.js';
import { DeciderRunner } from '../deciding/decider-runner.js';
import { apiKeyStream, tenantStream } from '../deciding/stream-types.js';
import type { Clock } from '../ports/clock.js';
import { CLOCK, SECRETS } from '../ports/tokens.js';
import type { Secrets } from '../secrets.js';
import { apiKeyId, isApiKeyHash } from './api-key-format.js';

/** Whom a key, or a member at the console, speaks for. */
export interface Principal {
  /** Id of the key; of the user when a member acts at the console. */
  readonly apiKeyId: string;
  /** Absent for keys. */
  readonly member?: { readonly userId: string; readonly role: TenantRole };
  readonly tenantId: string;
  readonly scopes: ReadonlySet<ApiKeyScope>;
  /** Aliases of the models that the key may use; null for all. */
  readonly models: ReadonlySet<string> | null;
  /** When the key ends, ISO 8601: its own end, or that of its overlap with a successor; null for none, and for members. */
  readonly expiresAt: string | null;
  /** On the base tier. */
  readonly requestsPerMinute: number;
  /** That the operator assigned to the tenant; null when none was. */
  readonly tier: string | null;
}

interface CachedPrincipal {
  readonly principal: Principal;
  /** Of the key and of its tenant. */
  readonly streams: readonly string[];
  readonly readAtMs: number;
}

const FRESH_MS = 5_000;
const CAPACITY = 50_000;

/**
 * Finds out whom a key speaks for. Known keys are answered from memory, by the SHA-256 of the key, until
 * they change; a revocation made in another process is felt after FRESH_MS at most.
 */
@Injectable()
export class ApiKeyAuthenticator {
  private readonly cache = new Map<string, CachedPrincipal>();

  constructor(
    private readonly runner: DeciderRunner,
    @Inject(SECRETS) private readonly secrets: Secrets,
    @Inject(CLOCK) private readonly clock: Clock,
    private readonly changes: StreamChanges,
  ) {}

  /** Undefined for a key that is unknown, revoked or expired. */
  authenticate(key: string): Principal | undefined | Promise<Principal | undefined> {
    const digest = hash('sha256', key, 'base64');
    const cached = this.cache.get(digest);
    if (cached !== undefined) {
      const now = this.clock.now();
      const { principal, streams, readAtMs } = cached;
      const { expiresAt } = principal;
      const expired = expiresAt !== null && now.toISOString() >= expiresAt;
      const holds = (stream: string) =>
        this.changes.holds(stream, readAtMs, FRESH_MS, now.getTime());
      if (!expired && streams.every(holds)) return principal;
      this.cache.delete(digest);
    }
    return this.load(key, digest);
  }

  /** After a key was changed here, so that it is felt here at once. */
  forgetAll(): void {
    this.cache.clear();
  }

  private async load(key: string, digest: string): Promise<Principal | undefined> {
    const id = apiKeyId(key);
    if (id === undefined) return undefined;
    const readAtMs = this.clock.now().getTime();
    const state = await this.runner.read(apiKeyStream, id, (current) => ({ ...current }));
    const { issued } = state;
    if (issued === null || !isApiKeyHash(this.secrets.apiKeyPepper, key, issued.hash)) {
      return undefined;
    }
    const now = this.clock.now();
    if (!isUsable(state, now.toISOString())) return undefined;
    const { tenantId } = issued;
    const tier = await this.runner.read(tenantStream, tenantId, (tenant) => tenant.tier);
    const principal: Principal = {
      apiKeyId: id,
      tenantId,
      tier,
      scopes: new Set(issued.scopes),
      models: issued.models === null ? null : new Set(issued.models),
      expiresAt: state.validUntil,
      requestsPerMinute: issued.requestsPerMinute,
    };
    if (this.cache.size >= CAPACITY) this.cache.clear();
    const streams = [
      streamName(apiKeyStream.decider.category, id),
      streamName(tenantStream.decider.category, tenantId),
    ];
    this.cache.set(digest, { principal, streams, readAtMs });
    return principal;
  }
}
