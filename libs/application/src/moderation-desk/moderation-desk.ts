import type {
  CaseDecision,
  CaseMedia,
  CaseOpened,
  DecisionReason,
  ModerationCaseCommand,
  ReopeningReason,
} from '@imprest/domain';
import { domainError } from '@imprest/domain';
import type { CommandContext } from '../command-context.js';
import type { DeciderRunner } from '../deciding/decider-runner.js';
import { moderationCaseStream } from '../deciding/stream-types.js';
import { DomainFailure } from '../domain-failure.js';
import type { GenerationView } from '../generations/generation-view.js';
import { isGenerationId, loadGeneration } from '../generations/load-generation.js';
import { derivedId } from '../identifiers.js';
import type { Clock } from '../ports/clock.js';
import type { EventStore } from '../ports/event-store.js';
import type { CaseConsequences } from './case-consequences.js';
import { dueAt } from './case-deadlines.js';

export interface ModerationDeskServices {
  readonly runner: DeciderRunner;
  readonly store: EventStore;
  readonly clock: Clock;
  readonly consequences: CaseConsequences;
  readonly caseHours: number;
}

export interface Verdict {
  readonly decision: CaseDecision;
  readonly reason: DecisionReason;
  readonly note: string | null;
}

/** What moderators do: look, decide, take down, look once more. Each is an event with who did it and why. */
export class ModerationDesk {
  constructor(private readonly services: ModerationDeskServices) {}

  /** To be recorded before anybody sees it. @throws DomainFailure not_found, conflict, forbidden */
  async unblur(
    caseId: string,
    assetId: string,
    reason: string,
    context: CommandContext,
  ): Promise<void> {
    await this.run(caseId, { type: 'UnblurMedia', assetId, reason }, context);
  }

  /** Safe to repeat. @throws DomainFailure not_found, conflict, validation_error */
  async decide(caseId: string, verdict: Verdict, context: CommandContext): Promise<void> {
    await this.run(caseId, { type: 'DecideCase', ...verdict }, context);
    await this.services.consequences.carryOut(caseId, context);
  }

  /** @throws DomainFailure not_found, conflict */
  async reopen(
    caseId: string,
    reason: ReopeningReason,
    note: string | null,
    context: CommandContext,
  ): Promise<void> {
    const { clock, caseHours } = this.services;
    const due = dueAt('review', clock.now(), caseHours);
    await this.run(caseId, { type: 'ReopenCase', reason, note, dueAt: due }, context);
  }

  /**
   * Opens the case of a delivered generation, of which there is one: a second report would leave no trace in it.
   * @returns its id
   * @throws DomainFailure not_found; conflict when nothing of it was delivered, or when there is its case already
   */
  async report(generationId: string, note: string, context: CommandContext): Promise<string> {
    const { id, opened } = await this.caseOf(generationId, note, context);
    if (opened) return id;
    const message = `there is a case of ${generationId} already, which is ${id}: look there`;
    throw new DomainFailure(domainError('conflict', message));
  }

  /**
   * Erases what was delivered, whatever its tenant says. Safe to repeat.
   * @returns the id of its case
   * @throws DomainFailure not_found; conflict when nothing of it was delivered; what decide throws
   */
  async takeDown(
    generationId: string,
    { reason, note }: Omit<Verdict, 'decision'>,
    context: CommandContext,
  ): Promise<string> {
    const { id } = await this.caseOf(generationId, note ?? `taken down: ${reason}`, context);
    await this.decide(id, { decision: 'takedown', reason, note }, context);
    return id;
  }

  /** The case of what was delivered, opened unless it was before. */
  private async caseOf(
    generationId: string,
    note: string,
    context: CommandContext,
  ): Promise<{ readonly id: string; readonly opened: boolean }> {
    const { store, clock, caseHours } = this.services;
    const view = isGenerationId(generationId)
      ? await loadGeneration(store, generationId)
      : undefined;
    if (view === undefined) {
      throw new DomainFailure(domainError('not_found', `there is no generation ${generationId}`));
    }
    const id = derivedId('case', generationId, 'report');
    const { tenantId, endUserId } = view;
    const subject: CaseOpened['data'] = {
      kind: 'report',
      grounds: 'report',
      ...{ tenantId, endUserId, generationId, note },
      verdicts: [],
      media: mediaOf(view),
      dueAt: dueAt('report', clock.now(), caseHours),
    };
    const known = await this.services.runner.read(moderationCaseStream, id, ({ status }) => status);
    if (known === 'none' && (view.erased || view.images.length === 0)) {
      const message = `${generationId} has nothing that was delivered and is still there`;
      throw new DomainFailure(domainError('conflict', message));
    }
    return { id, opened: await this.run(id, { type: 'OpenCase', case: subject }, context) };
  }

  /** @returns whether anything happened */
  private async run(
    id: string,
    command: ModerationCaseCommand,
    context: CommandContext,
  ): Promise<boolean> {
    const result = await this.services.runner.run(moderationCaseStream, id, command, context);
    if (result.kind === 'rejected') throw new DomainFailure(result.error);
    return result.kind === 'accepted' && result.events.length > 0;
  }
}

function mediaOf({ images }: GenerationView): readonly CaseMedia[] {
  return images.map(({ assetId, mediaType, sha256 }) => ({
    ...{ assetId, mediaType, sha256, keptUntil: null },
  }));
}
