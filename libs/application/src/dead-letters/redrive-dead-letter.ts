import {
  type AttemptRules,
  type BudgetSubject,
  domainError,
  type PriceQuote,
  resolveDeadlines,
} from '@imprest/domain';
import { streamName, toEnvelope } from '@imprest/event-catalogue';
import { Inject, Injectable } from '@nestjs/common';
import type { CommandContext } from '../command-context.js';
import { DeciderRunner } from '../deciding/decider-runner.js';
import { jobStream, tokenAccountStream } from '../deciding/stream-types.js';
import { DomainFailure } from '../domain-failure.js';
import { type ConfidentialInput, sealInput } from '../generations/confidential-input.js';
import type { GenerationView } from '../generations/generation-view.js';
import { loadGeneration } from '../generations/load-generation.js';
import { derivedId, uuidV7 } from '../identifiers.js';
import type { Clock } from '../ports/clock.js';
import type { DataKeys } from '../ports/data-keys.js';
import { type EventStore, NO_STREAM } from '../ports/event-store.js';
import { ATTEMPT_RULES, CLOCK, DATA_KEYS, EVENT_STORE } from '../ports/tokens.js';
import { RedrivePermission } from './redrive-permission.js';

export interface RedrivenGeneration {
  /** The new request. */
  readonly id: string;
  readonly redriveOf: string;
  /** Tokens held for it. */
  readonly held: string;
}

export interface RedriveDeadLetter {
  readonly generationId: string;
  readonly reason: string;
  readonly context: CommandContext;
}

/**
 * Does dead-lettered work once more, as a new request of the same tenant: what was held for the first one has gone
 * back already, so nothing can be charged without a hold of its own. Safe to repeat: one request follows from
 * one dead letter.
 */
@Injectable()
export class DeadLetterRedrive {
  constructor(
    private readonly runner: DeciderRunner,
    private readonly permission: RedrivePermission,
    @Inject(EVENT_STORE) private readonly store: EventStore,
    @Inject(DATA_KEYS) private readonly dataKeys: DataKeys,
    @Inject(ATTEMPT_RULES) private readonly rules: Pick<AttemptRules, 'deadlines'>,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /**
   * @throws DomainFailure not_found; conflict for work that is not dead-lettered or cannot be done any more;
   * insufficient_balance, budget_exceeded, forbidden, content_policy, as any request
   */
  async execute({ generationId, reason, context }: RedriveDeadLetter): Promise<RedrivenGeneration> {
    const view = await this.deadLetter(generationId);
    const id = derivedId('req', generationId, 'redrive');
    const known = await loadGeneration(this.store, id);
    if (known === undefined) {
      const input = await this.permission.demand(view, context);
      await this.request(id, view, input, context);
    }
    const command = { type: 'RedriveJob', generationId: id, reason } as const;
    await this.runner.run(jobStream, generationId, command, context);
    return { id, redriveOf: generationId, held: view.price.total };
  }

  private async deadLetter(generationId: string): Promise<GenerationView> {
    const view = await loadGeneration(this.store, generationId);
    const status = await this.runner.read(jobStream, generationId, (state) => state.status);
    if (view !== undefined && status === 'deadLettered') return view;
    throw view === undefined
      ? new DomainFailure(domainError('not_found', `there is no generation ${generationId}`))
      : new DomainFailure(
          domainError('conflict', `${generationId} is ${view.status}, not dead-lettered`),
        );
  }

  /** At the price that was agreed the first time: a tenant who was told it must not be surprised by another. */
  private async request(
    id: string,
    view: GenerationView,
    input: ConfidentialInput,
    context: CommandContext,
  ): Promise<void> {
    const now = this.clock.now();
    const occurredAt = now.toISOString();
    const event = await this.requested(id, view, input, occurredAt);
    const requested = {
      stream: streamName('generation', id),
      expectedRevision: NO_STREAM,
      events: [toEnvelope(event, uuidV7(now.getTime()), { ...context, occurredAt })],
    };
    const { tenantId, apiKeyId, endUserId } = view;
    const spenders: readonly BudgetSubject[] = [
      { kind: 'apiKey', id: apiKeyId },
      { kind: 'endUser', id: endUserId },
    ];
    const price = priceOf(view);
    const hold = {
      type: 'HoldTokens',
      generationId: id,
      price,
      now: occurredAt,
      spenders,
    } as const;
    const result = await this.runner.run(tokenAccountStream, tenantId, hold, context, {
      precededBy: [requested],
    });
    if (result.kind === 'rejected') throw new DomainFailure(result.error);
  }

  private async requested(id: string, view: GenerationView, input: ConfidentialInput, now: string) {
    const key = await this.dataKeys.take();
    const { deadlines: _, ...personal } = input;
    const deadlines = resolveDeadlines({}, this.rules.deadlines, now);
    if ('code' in deadlines) throw new DomainFailure(deadlines);
    const { tenantId, apiKeyId, dialect, endUserId, parameters, webhook, baseUrl } = view;
    const data = {
      ...{ tenantId, apiKeyId, dialect, endUserId, parameters, webhook, baseUrl },
      price: priceOf(view),
      fingerprint: '',
      confidential: sealInput(id, personal, key),
      dataKeyId: key.id,
      deadlines,
      redriveOf: view.id,
    };
    return { type: 'GenerationRequested', data } as const;
  }
}

function priceOf({ price }: GenerationView): PriceQuote {
  return { ...price, perImage: BigInt(price.perImage), total: BigInt(price.total) };
}
