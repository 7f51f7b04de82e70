import { createHmac } from 'node:crypto';
import { streamName } from '@imprest/event-catalogue';
import { Inject, Injectable } from '@nestjs/common';
import type { CommandContext } from '../command-context.js';
import { sealText } from '../confidential/index.js';
import { StreamChanges } from '../consuming/stream-changes.js';
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
  readonly stream: string;
  readonly readAtMs: number;
}

const FRESH_MS = 5_000;
const CAPACITY = 50_000;

/**
 * Knows the end users of tenants by a keyed pseudonym, so that no stream or row holds an e-mail in
 * clear. Answers at once for one it knows, until something changes; a block made in another process is
 * felt after FRESH_MS at most.
 */
@Injectable()
export class EndUserDirectory {
  private readonly cache = new Map<string, CachedRef>();

  constructor(
    private readonly runner: DeciderRunner,
    @Inject(DATA_KEYS) private readonly dataKeys: DataKeys,
    @Inject(SECRETS) private readonly secrets: Secrets,
    @Inject(CLOCK) private readonly clock: Clock,
    private readonly changes: StreamChanges,
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
    if (cached !== undefined) {
      const { stream, readAtMs } = cached;
      const nowMs = this.clock.now().getTime();
      if (this.changes.holds(stream, readAtMs, FRESH_MS, nowMs)) return cached;
    }
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
    const readAtMs = this.clock.now().getTime();
    const known = await this.runner.read(endUserStream, id, (state) => ({
      registered: state.registered,
      blocked: state.blocked,
    }));
    if (!known.registered) await this.register(id, tenantId, email, context);
    const stream = streamName(endUserStream.decider.category, id);
    const ref: CachedRef = { id, blocked: known.blocked, stream, readAtMs };
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
