import { blocksEndUser, type ModerationCaseState } from '@imprest/domain';
import { type RecordedEvent, streamId } from '@imprest/event-catalogue';
import { Inject, Injectable } from '@nestjs/common';
import { type CommandContext, causedBy } from '../command-context.js';
import type { Reactor } from '../consuming/consumer.js';
import { DeciderRunner } from '../deciding/decider-runner.js';
import { endUserStream, moderationCaseStream } from '../deciding/stream-types.js';
import { GenerationEraser } from '../generations/erase-generation.js';
import { loadGeneration } from '../generations/load-generation.js';
import type { EventStore } from '../ports/event-store.js';
import { EVENT_STORE } from '../ports/tokens.js';
import { blockReason } from './block-reason.js';

/** What follows from a case, from where it stands now: late news of an earlier decision changes nothing. */
@Injectable()
export class CaseConsequences {
  constructor(
    private readonly runner: DeciderRunner,
    private readonly generations: GenerationEraser,
    @Inject(EVENT_STORE) private readonly store: EventStore,
  ) {}

  /** Safe to repeat. @throws DomainFailure */
  async carryOut(caseId: string, context: CommandContext): Promise<void> {
    const state = await this.runner.read(moderationCaseStream, caseId, (each) => ({ ...each }));
    if (state.status === 'none') return;
    await this.blockOrNot(caseId, state, context);
    await this.forgetErased(state);
    if (state.status === 'decided' && state.decision === 'takedown') {
      await this.takeDown(caseId, state, context);
    }
  }

  private async blockOrNot(
    caseId: string,
    state: ModerationCaseState,
    context: CommandContext,
  ): Promise<void> {
    const type = blocksEndUser(state) ? 'BlockEndUser' : 'UnblockEndUser';
    const reason = blockReason(state);
    await this.runner.run(endUserStream, state.endUserId, { type, reason, caseId }, context);
  }

  /** An output may have been withheld while its generation was being erased: erasure wins over review. */
  private async forgetErased({ kind, generationId }: ModerationCaseState): Promise<void> {
    if (kind !== 'output' || generationId === null) return;
    const view = await loadGeneration(this.store, generationId);
    if (view?.erased) await this.generations.destroyContent(generationId);
  }

  private async takeDown(
    caseId: string,
    { generationId, reason }: ModerationCaseState,
    context: CommandContext,
  ): Promise<void> {
    const view = generationId === null ? undefined : await loadGeneration(this.store, generationId);
    if (view === undefined) return;
    await this.generations.erase(view, `taken down: ${reason} (${caseId})`, context);
  }
}

/** Makes certain what a decision promised: whoever records one carries it out at once, and may crash in between. */
export class CaseFollowUp implements Reactor {
  readonly kind = 'reactor';
  readonly name = 'moderation-follow-up';
  readonly categories = ['moderationCase'];

  constructor(private readonly consequences: CaseConsequences) {}

  async react(recorded: RecordedEvent): Promise<void> {
    if (recorded.type === 'MediaUnblurred') return;
    await this.consequences.carryOut(streamId(recorded.stream), causedBy(recorded, this.name));
  }
}
