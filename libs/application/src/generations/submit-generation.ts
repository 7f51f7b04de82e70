import {
  type AttemptRules,
  type BudgetSubject,
  type Deadlines,
  type DomainError,
  domainError,
  resolveDeadlines,
  validationError,
} from '@imprest/domain';
import { streamName, toEnvelope } from '@imprest/event-catalogue';
import { Inject } from '@nestjs/common';
import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import type { CommandContext } from '../command-context.js';
import { EncryptedAssets } from '../confidential/index.js';
import { DeciderRunner } from '../deciding/decider-runner.js';
import type { RunResult } from '../deciding/stream-actor.js';
import { endUserStream, tokenAccountStream } from '../deciding/stream-types.js';
import { DomainFailure } from '../domain-failure.js';
import { EndUserDirectory, type EndUserRef } from '../end-users/end-user-directory.js';
import { idOfRequest, uuidV7 } from '../identifiers.js';
import { judgePrompt, refusedContent } from '../moderation/index.js';
import type { Clock } from '../ports/clock.js';
import type { DataKeys } from '../ports/data-keys.js';
import { type EventStore, NO_STREAM } from '../ports/event-store.js';
import type { ModelCatalogue } from '../ports/model-catalogue.js';
import type { ModerationVerdict, Moderator } from '../ports/moderator.js';
import type { OutgoingTargetGuard } from '../ports/outgoing-target-guard.js';
import {
  ATTEMPT_RULES,
  CLOCK,
  DATA_KEYS,
  EVENT_STORE,
  MODEL_CATALOGUE,
  MODERATOR,
  OUTGOING_TARGET_GUARD,
  SECRETS,
} from '../ports/tokens.js';
import { isReferenceId, referenceProblem, StoredReferences } from '../references/index.js';
import type { Secrets } from '../secrets.js';
import type { GenerationView } from './generation-view.js';
import { demandModel } from './key-models.js';
import { loadGeneration } from './load-generation.js';
import {
  fingerprintOf,
  type GenerationRequestInput,
  type PreparedRequest,
  prepareRequest,
} from './prepare-request.js';
import { requestedEvent } from './requested-event.js';
import { subjectToJudge } from './subject-to-judge.js';
import type { Submitter } from './submitter.js';
import { findVideoSource, livingSource } from './video-source.js';

export interface SubmittedGeneration {
  readonly id: string;
  readonly model: string;
  readonly createdAt: string;
  /** True when the idempotency key had been used for the same request before. */
  readonly replayed: boolean;
}

/**
 * Accepts a request: judged, priced, then two facts in order: the request on its own new stream and
 * the hold on the tenant's account. Only the hold makes work exist. Nothing is debited otherwise.
 */
export class SubmitGeneration extends Command<SubmittedGeneration> {
  constructor(
    readonly submitter: Submitter,
    readonly input: GenerationRequestInput,
    readonly context: CommandContext,
  ) {
    super();
  }
}

@CommandHandler(SubmitGeneration)
export class SubmitGenerationHandler implements ICommandHandler<SubmitGeneration> {
  constructor(
    private readonly runner: DeciderRunner,
    private readonly endUsers: EndUserDirectory,
    @Inject(EVENT_STORE) private readonly store: EventStore,
    @Inject(DATA_KEYS) private readonly dataKeys: DataKeys,
    @Inject(MODERATOR) private readonly moderator: Moderator,
    @Inject(MODEL_CATALOGUE) private readonly catalogue: ModelCatalogue,
    @Inject(OUTGOING_TARGET_GUARD) private readonly targets: OutgoingTargetGuard,
    @Inject(SECRETS) private readonly secrets: Secrets,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(ATTEMPT_RULES) private readonly rules: Pick<AttemptRules, 'deadlines'>,
    private readonly references: StoredReferences,
    private readonly assets: EncryptedAssets,
  ) {}

  /**
   * @throws DomainFailure validation_error, forbidden, content_policy, insufficient_balance, budget_exceeded, conflict,
   * unavailable when nobody can judge the prompt
   */
  async execute(command: SubmitGeneration): Promise<SubmittedGeneration> {
    const { submitter, input, context } = command;
    const { tenantId, idempotencyKey, dialect } = submitter;
    const source = input.video && (await findVideoSource(this.store, tenantId, input.video));
    const prepared = prepareRequest(this.catalogue, dialect, input, source?.image);
    demandModel(submitter.models, prepared.price.model);
    const now = this.clock.now();
    // Spelt out once: four facts and answers carry it.
    const createdAt = now.toISOString();
    const fingerprint = this.fingerprint(submitter, input, prepared);
    const id = idOfRequest('req', now.getTime(), tenantId, idempotencyKey);
    if (idempotencyKey !== null) {
      const known = await loadGeneration(this.store, id);
      if (known !== undefined) return this.replay(known, fingerprint, command);
    }
    const deadlines = this.deadlines(input, prepared, createdAt);
    const moved = source && (await livingSource(this.assets, this.dataKeys, source, now));
    if (input.webhookUrl !== null || input.references.length > 0)
      await this.checkTargets(tenantId, input);
    // Awaiting a value that is there already would cost a turn of the queue on the hot path.
    const found = this.endUsers.resolve(tenantId, input.endUserEmail, context);
    const endUser = found instanceof Promise ? await found : found;
    if (endUser.blocked !== null) {
      throw new DomainFailure(domainError('forbidden', 'this end user is blocked'));
    }
    const judged = judgePrompt(this.moderator, subjectToJudge(input, prepared, moved));
    const verdict = judged instanceof Promise ? await judged : judged;
    if (verdict.outcome !== 'allow') await this.refuse(verdict, endUser, context);
    const taken = this.dataKeys.take();
    const key = taken instanceof Promise ? await taken : taken;
    const metadata = { ...context, occurredAt: createdAt };
    const eventId = uuidV7(now.getTime());
    const event = requestedEvent(id, command, prepared, fingerprint, { endUser, deadlines }, key);
    const requested = {
      stream: streamName('generation', id),
      expectedRevision: NO_STREAM,
      events: [toEnvelope(event, eventId, metadata)],
    };
    const hold = {
      type: 'HoldTokens',
      generationId: id,
      price: prepared.price,
      now: createdAt,
      spenders: spendersOf(submitter.apiKeyId, endUser.id),
    } as const;
    const result = await this.runner.run(tokenAccountStream, tenantId, hold, context, {
      precededBy: [requested],
    });
    this.accepted(result);
    if (result.kind === 'preceded' || (result.kind === 'accepted' && result.events.length === 0)) {
      // Another request under this key came first: in another process, or in this very batch.
      const winner = await loadGeneration(this.store, id);
      if (winner === undefined) throw new Error(`${id} was in conflict and is not there`);
      return this.replay(winner, fingerprint, command);
    }
    return { id, model: prepared.price.model, createdAt, replayed: false };
  }

  /** Nobody can repeat a request that had no key, so nothing will ever be compared with it. */
  private fingerprint(
    { dialect, idempotencyKey }: Submitter,
    input: GenerationRequestInput,
    prepared: PreparedRequest,
  ): string {
    if (idempotencyKey === null) return '';
    return fingerprintOf(this.secrets, dialect, input, prepared);
  }

  /** @throws DomainFailure validation_error */
  private deadlines(
    { deadlines: asked = {} }: GenerationRequestInput,
    { deadlines: ofModel }: PreparedRequest,
    now: string,
  ): Deadlines {
    const found = resolveDeadlines(asked, { ...this.rules.deadlines, ...ofModel }, now);
    if ('code' in found) throw new DomainFailure(found);
    return found;
  }

  private accepted(result: RunResult<unknown>): void {
    if (result.kind === 'rejected') throw new DomainFailure(this.reworded(result.error));
  }

  private reworded(error: DomainError): DomainError {
    return error.code === 'not_found' ? domainError('forbidden', 'the account is not open') : error;
  }

  private async replay(
    known: GenerationView,
    fingerprint: string,
    { submitter, context }: SubmitGeneration,
  ): Promise<SubmittedGeneration> {
    if (known.fingerprint !== fingerprint) {
      const message = 'this Idempotency-Key was used before with another request';
      throw new DomainFailure(domainError('conflict', message));
    }
    if (known.status === 'queued') await this.holdAgain(known, submitter, context);
    return { id: known.id, model: known.model, createdAt: known.createdAt, replayed: true };
  }

  /** A crash may have come between the request and its hold; on a request that has one this does nothing. */
  private async holdAgain(
    known: GenerationView,
    { tenantId }: Submitter,
    context: CommandContext,
  ): Promise<void> {
    const { id: generationId, price, apiKeyId, endUserId } = known;
    const spenders = spendersOf(apiKeyId, endUserId);
    const now = this.clock.now().toISOString();
    const frozen = { ...price, perImage: BigInt(price.perImage), total: BigInt(price.total) };
    const hold = { type: 'HoldTokens', generationId, price: frozen, now, spenders } as const;
    this.accepted(await this.runner.run(tokenAccountStream, tenantId, hold, context));
  }

  private async checkTargets(tenantId: string, input: GenerationRequestInput): Promise<void> {
    const { webhookUrl, references } = input;
    if (webhookUrl !== null) await this.checkTarget('webhookUrl', webhookUrl);
    for (const [index, url] of references.entries()) {
      const field = `references[${index}]`;
      if (isReferenceId(url)) await this.checkReference(field, tenantId, url);
      else await this.checkTarget(field, url);
    }
  }

  private async checkReference(field: string, tenantId: string, id: string): Promise<void> {
    const asked = { field, id, now: this.clock.now().toISOString() };
    const { runner, references } = this;
    const problem = await referenceProblem({ runner, references }, tenantId, asked);
    if (problem !== undefined) throw new DomainFailure(problem);
  }

  private async checkTarget(field: string, url: string): Promise<void> {
    const verdict = await this.targets.checkTarget(url);
    if (!verdict.ok) throw new DomainFailure(validationError(field, verdict.reason));
  }

  private async refuse(
    { category, reviewer }: Exclude<ModerationVerdict, { outcome: 'allow' }>,
    endUser: EndUserRef,
    context: CommandContext,
  ): Promise<never> {
    const record = { type: 'RecordRefusedPrompt', category, reviewer } as const;
    await this.runner.run(endUserStream, endUser.id, record, context);
    throw refusedContent('the prompt', category);
  }
}

function spendersOf(apiKeyId: string, endUserId: string): readonly BudgetSubject[] {
  return [
    { kind: 'apiKey', id: apiKeyId },
    { kind: 'endUser', id: endUserId },
  ];
}
