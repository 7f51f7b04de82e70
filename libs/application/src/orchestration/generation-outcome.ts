import type { Allocation, AttemptRules, JobEvent, StoredImage } from '@imprest/domain';
import { type RecordedEvent, streamId, toDomainEvent } from '@imprest/event-catalogue';
import { causedBy } from '../command-context.js';
import type { EncryptedAssets } from '../confidential/index.js';
import type { Reactor } from '../consuming/consumer.js';
import type { DeciderRunner } from '../deciding/decider-runner.js';
import { generationStream, tokenAccountStream } from '../deciding/stream-types.js';
import { loadGeneration } from '../generations/load-generation.js';
import { eraseImage } from '../outputs/index.js';
import type { EventStore } from '../ports/event-store.js';
import type { PreviewStore } from '../ports/preview-store.js';
import type { GenerationRequests } from './generation-requests.js';
import type { JobOutputs } from './job-outputs.js';
import { readJob } from './job-standing.js';
import type { OrchestrationObserver } from './orchestration-observer.js';
import { generationCommand, type OutcomeFacts } from './outcome-commands.js';

const ANSWERED = new Set([
  ...['JobLeased', 'JobSucceeded', 'JobDeadLettered', 'JobDeadlineMissed', 'JobCancelled'],
]);
/** Ended by somebody else than its worker, who may have sent something by then. */
const CUT_SHORT = new Set(['JobCancelled', 'JobDeadlineMissed']);

const ENDS_ATTEMPT = new Set([
  ...['JobAttemptFailed', 'JobSucceeded', 'JobDeadLettered', 'JobDeadlineMissed', 'JobCancelled'],
]);

export interface GenerationOutcomeServices {
  readonly runner: DeciderRunner;
  readonly store: EventStore;
  readonly assets: EncryptedAssets;
  readonly outputs: JobOutputs;
  readonly requests: GenerationRequests;
  readonly previews: Pick<PreviewStore, 'remove'>;
  readonly rules: Pick<AttemptRules, 'failures'>;
  readonly observer: Pick<OrchestrationObserver, 'troubled'>;
}

/** What happens to the job happens to the generation, unless that has ended otherwise before. */
export class GenerationOutcome implements Reactor {
  readonly kind = 'reactor';
  readonly name = 'generation-outcome';
  readonly categories = ['job'];

  /** Whose previews are over. */
  private readonly ended = new Set<string>();

  constructor(private readonly services: GenerationOutcomeServices) {}

  async react(recorded: RecordedEvent): Promise<void> {
    if (ENDS_ATTEMPT.has(recorded.type)) this.ended.add(streamId(recorded.stream));
    if (!ANSWERED.has(recorded.type)) return;
    const event = toDomainEvent(recorded) as JobEvent;
    const generationId = streamId(recorded.stream);
    const facts = await this.facts(generationId, event);
    const command = generationCommand(event, facts, this.services.rules);
    if (command === undefined) return;
    const context = causedBy(recorded, this.name);
    const result = await this.services.runner.run(generationStream, generationId, command, context);
    const endedOtherwise = result.kind === 'rejected' && command.type === 'CancelGeneration';
    if (result.kind === 'rejected' && !endedOtherwise) {
      throw new Error(`${recorded.type} of ${generationId}: ${result.error.message}`);
    }
    if (event.type === 'JobSucceeded' && result.kind === 'accepted' && result.events.length === 0) {
      await this.eraseUnwanted(generationId, event.data.stored);
    }
    if (CUT_SHORT.has(event.type)) await this.eraseUploads(generationId);
  }

  /** Those that are left here for want of a database go with what nobody watches. */
  async flush(): Promise<void> {
    if (this.ended.size === 0) return;
    const ids = [...this.ended];
    this.ended.clear();
    const { previews, observer } = this.services;
    await previews.remove(ids).catch((error) => observer.troubled('taking previews away', error));
  }

  /** Looked up only for what depends on it: most work ends without a question. */
  private async facts(generationId: string, event: JobEvent): Promise<OutcomeFacts> {
    const dead = event.type === 'JobDeadLettered';
    const rendered = dead && (await readJob(this.services.runner, generationId)).rendered;
    const isCharged = dead || event.type === 'JobSucceeded';
    return { held: isCharged ? await this.heldFor(generationId) : [], rendered };
  }

  /** Held until the end of the generation is settled; nothing once it was. */
  private async heldFor(generationId: string): Promise<readonly Allocation[]> {
    const { tenantId } = await this.services.requests.get(generationId);
    return this.services.runner.read(
      tokenAccountStream,
      tenantId,
      ({ holds }) => holds.get(generationId)?.allocations ?? [],
    );
  }

  /** What the worker had sent when its job was cancelled, whether or not it will ever hear of that. */
  private async eraseUploads(jobId: string): Promise<void> {
    const { fence } = await readJob(this.services.runner, jobId);
    if (fence > 0) await this.services.outputs.eraseAll({ id: jobId, fence });
  }

  /** Images that came in when the generation was cancelled already belong to nobody. */
  private async eraseUnwanted(generationId: string, images: readonly StoredImage[]): Promise<void> {
    const view = await loadGeneration(this.services.store, generationId);
    if (view?.status === 'succeeded') return;
    for (const image of images) await eraseImage(this.services.assets, image);
  }
}
