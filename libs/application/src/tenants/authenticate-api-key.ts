import { hash } from 'node:crypto';
import { type ApiKeyScope, isUsable } from '@imprest/domain';
import { Inject, Injectable } from '@nestjs/common';
import { DeciderRunner } from '../deciding/decider-runner.js';
import { apiKeyStream } from '../deciding/stream-types.js';
import type { Clock } from '../ports/clock.js';
import { CLOCK, SECRETS } from '../ports/tokens.js';
import type { Secrets } from '../secrets.js';
import { apiKeyId, isApiKeyHash } from './api-key-format.js';

/** Whom a key speaks for. */
export interface Principal {
  readonly apiKeyId: string;
  readonly tenantId: string;
  readonly scopes: ReadonlySet<ApiKeyScope>;
  readonly requestsPerMinute: number;
}

interface CachedPrincipal {
  readonly principal: Principal;
  readonly validUntil: string | null;
  readonly freshUntil: number;
}

const FRESH_MS = 5_000;
const CAPACITY = 50_000;

/**
 * Finds out whom a key speaks for. Keys seen in the last seconds are answered from memory, by the
 * SHA-256 of the key; a revocation made in another process is felt after FRESH_MS at most.
 */
@Injectable()
export class ApiKeyAuthenticator {
  private readonly cache = new Map<string, CachedPrincipal>();

  constructor(
    private readonly runner: DeciderRunner,
    @Inject(SECRETS) private readonly secrets: Secrets,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** Undefined for a key that is unknown, revoked or expired. */
  authenticate(key: string): Principal | undefined | Promise<Principal | undefined> {
    const digest = hash('sha256', key, 'base64');
    const cached = this.cache.get(digest);
    if (cached !== undefined) {
      const now = this.clock.now();
      const expired = cached.validUntil !== null && now.toISOString() >= cached.validUntil;
      if (!expired && cached.freshUntil > now.getTime()) return cached.principal;
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
    const state = await this.runner.read(apiKeyStream, id, (current) => ({ ...current }));
    const { issued } = state;
    if (issued === null || !isApiKeyHash(this.secrets.apiKeyPepper, key, issued.hash)) {
      return undefined;
    }
    const now = this.clock.now();
    if (!isUsable(state, now.toISOString())) return undefined;
    const principal: Principal = {
      apiKeyId: id,
      tenantId: issued.tenantId,
      scopes: new Set(issued.scopes),
      requestsPerMinute: issued.requestsPerMinute,
    };
    if (this.cache.size >= CAPACITY) this.cache.clear();
    const freshUntil = now.getTime() + FRESH_MS;
    this.cache.set(digest, { principal, validUntil: state.validUntil, freshUntil });
    return principal;
  }
}
