import { createHmac } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import type { CommandContext } from '../command-context.js';
import { sealText } from '../confidential/index.js';
import { DeciderRunner } from '../deciding/decider-runner.js';
import { endUserStream } from '../deciding/stream-types.js';
import type { Clock } from '../ports/clock.js';
import type { DataKeys } from '../ports/data-keys.js';
import { CLOCK, DATA_KEYS, SECRETS } from '../ports/tokens.js';
import type { Secrets } from '../secrets.js';

export interface EndUserRef {
  readonly id: string;
  /** Why the end user is blocked, null when not. */
  readonly blocked: string | null;
}

interface CachedRef extends EndUserRef {
  readonly freshUntil: number;
}

const FRESH_MS = 5_000;
const CAPACITY = 50_000;

/**
 * Knows the end users of tenants by a keyed pseudonym, so that no stream or row holds an e-mail in
 * clear. Answers at once for one seen in the last seconds; a block made in another process is
 * therefore felt after FRESH_MS at most.
 */
@Injectable()
export class EndUserDirectory {
  private readonly cache = new Map<string, CachedRef>();

  constructor(
    private readonly runner: DeciderRunner,
    @Inject(DATA_KEYS) private readonly dataKeys: DataKeys,
    @Inject(SECRETS) private readonly secrets: Secrets,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** The same for the same tenant and e-mail, for ever, and of no use without the operator's secret. */
  pseudonym(tenantId: string, email: string): string {
    const hmac = createHmac('sha256', this.secrets.pseudonymPepper);
    return `usr_${hmac.update(`${tenantId}\n${email}`).digest('hex').slice(0, 32)}`;
  }

  /** Registers an end user at first sight. */
  resolve(
    tenantId: string,
    email: string,
    context: CommandContext,
  ): EndUserRef | Promise<EndUserRef> {
    const cached = this.cache.get(`${tenantId}\n${email}`);
    if (cached !== undefined && cached.freshUntil > this.clock.now().getTime()) return cached;
    return this.load(tenantId, email, context);
  }

  /** After a change made here, so that it is felt here at once. */
  forget(tenantId: string, email: string): void {
    this.cache.delete(`${tenantId}\n${email}`);
  }

  private async load(
    tenantId: string,
    email: string,
    context: CommandContext,
  ): Promise<EndUserRef> {
    const id = this.pseudonym(tenantId, email);
    const known = await this.runner.read(endUserStream, id, (state) => ({
      registered: state.registered,
      blocked: state.blocked,
    }));
    if (!known.registered) await this.register(id, tenantId, email, context);
    const freshUntil = this.clock.now().getTime() + FRESH_MS;
    const ref: CachedRef = { id, blocked: known.blocked, freshUntil };
    if (this.cache.size >= CAPACITY) this.cache.clear();
    this.cache.set(`${tenantId}\n${email}`, ref);
    return ref;
  }

  private async register(
    id: string,
    tenantId: string,
    email: string,
    context: CommandContext,
  ): Promise<void> {
    const key = await this.dataKeys.take();
    const confidential = sealText(key, email, id);
    const command = { type: 'RegisterEndUser', tenantId, confidential, dataKeyId: key.id } as const;
    const result = await this.runner.run(endUserStream, id, command, context);
    const wasFirst = result.kind === 'accepted' && result.events.length > 0;
    if (!wasFirst) await this.dataKeys.destroy([key.id]);
  }
}
