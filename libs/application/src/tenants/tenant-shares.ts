import type { ShareTerms } from '@imprest/domain';
import { streamId, toDomainEvent } from '@imprest/event-catalogue';
import { Inject, Injectable } from '@nestjs/common';
import type { CommandContext } from '../command-context.js';
import { DeciderRunner } from '../deciding/decider-runner.js';
import { tenantStream } from '../deciding/stream-types.js';
import { DomainFailure } from '../domain-failure.js';
import { type EventStore, START_OF_STORE } from '../ports/event-store.js';
import { EVENT_STORE, JOB_QUEUE, TIER_SHARES } from '../ports/tokens.js';
import { defaultShare, type TenantShare, type WorkQueue } from '../ports/work-queue.js';

/** What a tenant has by its tier, and the default tier's for null or one that is no more. */
export type TierShares = (tier: string | null) => Pick<TenantShare, 'weight' | 'priority'>;

export interface AppliedShare {
  /** What the operator said of this tenant. */
  readonly assigned: ShareTerms;
  /** What holds, with what its tier gives. */
  readonly applied: TenantShare;
}

interface ShareFacts {
  readonly tier: string | null;
  readonly share: ShareTerms;
}

const nothing: ShareFacts = { tier: null, share: { weight: null, cap: null, priority: null } };

/**
 * What tenants get of the workers. The tenant's stream is the truth, the queue is told: at once, and again by
 * `repair` for what a crash kept from it, for tiers that mean something else since, and after a loss of the queue.
 */
@Injectable()
export class TenantShares {
  private readonly facts = new Map<string, ShareFacts>();
  private position = START_OF_STORE;

  constructor(
    private readonly runner: DeciderRunner,
    @Inject(EVENT_STORE) private readonly store: EventStore,
    @Inject(JOB_QUEUE) private readonly queue: WorkQueue,
    @Inject(TIER_SHARES) private readonly tiers: TierShares,
  ) {}

  /** Safe to repeat. @throws DomainFailure not_found, validation_error */
  async assign(
    tenantId: string,
    terms: ShareTerms,
    context: CommandContext,
  ): Promise<AppliedShare> {
    const command = { type: 'AssignShare', ...terms } as const;
    const result = await this.runner.run(tenantStream, tenantId, command, context);
    if (result.kind === 'rejected') throw new DomainFailure(result.error);
    return this.apply(tenantId);
  }

  /** What holds by the tenant's stream. */
  async of(tenantId: string): Promise<AppliedShare> {
    const facts = await this.runner.read(tenantStream, tenantId, ({ tier, share }) => ({
      tier,
      share,
    }));
    return { assigned: facts.share, applied: this.applied(facts) };
  }

  /** Tells the queue what holds by the tenant's stream: after its share or its tier has changed. */
  async apply(tenantId: string): Promise<AppliedShare> {
    const share = await this.of(tenantId);
    await this.queue.setShare(tenantId, share.applied);
    return share;
  }

  /** Tells the queue of every tenant that was ever given a tier or a share. */
  async repair(stop?: AbortSignal): Promise<void> {
    await this.catchUp();
    for (const [tenantId, facts] of this.facts) {
      if (stop?.aborted) return;
      await this.queue.setShare(tenantId, this.applied(facts));
    }
  }

  private async catchUp(): Promise<void> {
    const pages = this.store.readAll({ categories: ['tenant'], after: this.position });
    for await (const page of pages) {
      for (const recorded of page) {
        this.position = recorded.position;
        const tenantId = streamId(recorded.stream);
        const event = toDomainEvent(recorded);
        const before = this.facts.get(tenantId) ?? nothing;
        if (event.type === 'TierAssigned') {
          this.facts.set(tenantId, { ...before, tier: event.data.tier });
        } else if (event.type === 'ShareAssigned') {
          this.facts.set(tenantId, { ...before, share: event.data });
        }
      }
    }
  }

  private applied({ tier, share }: ShareFacts): TenantShare {
    const given = { ...defaultShare, ...this.tiers(tier) };
    return {
      weight: share.weight ?? given.weight,
      cap: share.cap,
      priority: share.priority ?? given.priority,
    };
  }
}
