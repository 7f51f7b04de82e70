import type {
  Allocation,
  DomainErrorCode,
  FailureClass,
  GenerationCommand,
  JobEvent,
  StoredImage,
} from '@imprest/domain';
import { type RecordedEvent, streamId, toDomainEvent } from '@imprest/event-catalogue';
import { causedBy } from '../command-context.js';
import type { EncryptedAssets } from '../confidential/index.js';
import type { Reactor } from '../consuming/consumer.js';
import type { DeciderRunner } from '../deciding/decider-runner.js';
import { generationStream, tokenAccountStream } from '../deciding/stream-types.js';
import { loadGeneration } from '../generations/load-generation.js';
import type { EventStore } from '../ports/event-store.js';
import type { GenerationRequests } from './generation-requests.js';
import type { JobOutputs } from './job-outputs.js';
import { readJob } from './job-standing.js';

interface FailureMeaning {
  readonly code: DomainErrorCode;
  readonly retryable: boolean;
  /** For the caller. Undefined: the job's own message, which names what the caller has to change. */
  readonly message?: string;
}

/** What a failure of the work means to the caller. What only operators may know stays with the job. */
export const failureMeanings: Readonly<Record<FailureClass, FailureMeaning>> = {
  user: { code: 'validation_error', retryable: false },
  moderation: {
    code: 'content_policy',
    retryable: false,
    message: 'the images break the content policy; nothing was charged',
  },
  model: {
    code: 'provider_error',
    retryable: false,
    message: 'the model could not render this request; nothing was charged',
  },
  infrastructure: {
    code: 'provider_error',
    retryable: true,
    message: 'the work failed for a reason on our side; nothing was charged',
  },
  timeout: {
    code: 'provider_timeout',
    retryable: true,
    message: 'the model did not finish in time; nothing was charged',
  },
  unknown: {
    code: 'provider_error',
    retryable: true,
    message: 'nobody could tell what became of the work; nothing was charged',
  },
  cancelled: {
    code: 'provider_error',
    retryable: true,
    message: 'the work was given up; nothing was charged',
  },
};

function failureOf(failureClass: FailureClass, message: string): GenerationCommand {
  const meaning = failureMeanings[failureClass];
  const { code, retryable } = meaning;
  const said = meaning.message ?? message;
  return { type: 'FailGeneration', code, message: said, retryable, retryAfter: null };
}

function commandFor(event: JobEvent): GenerationCommand | undefined {
  switch (event.type) {
    case 'JobLeased':
      return { type: 'StartGeneration', attempt: event.data.attempt };
    case 'JobSucceeded':
      return { type: 'CompleteGeneration', stored: event.data.stored, lost: event.data.lost };
    case 'JobDeadLettered':
      return failureOf(event.data.failureClass, event.data.message);
    case 'JobCancelled':
      return { type: 'CancelGeneration', reason: event.data.reason };
    default:
      return undefined;
  }
}

const ANSWERED = new Set(['JobLeased', 'JobSucceeded', 'JobDeadLettered', 'JobCancelled']);

/** What happens to the job happens to the generation, unless that has ended otherwise before. */
export class GenerationOutcome implements Reactor {
  readonly kind = 'reactor';
  readonly name = 'generation-outcome';
  readonly categories = ['job'];

  constructor(
    private readonly runner: DeciderRunner,
    private readonly store: EventStore,
    private readonly assets: EncryptedAssets,
    private readonly outputs: JobOutputs,
    private readonly requests: GenerationRequests,
  ) {}

  async react(recorded: RecordedEvent): Promise<void> {
    if (!ANSWERED.has(recorded.type)) return;
    const event = toDomainEvent(recorded) as JobEvent;
    const generationId = streamId(recorded.stream);
    const command = await this.withLots(generationId, commandFor(event));
    if (command === undefined) return;
    const context = causedBy(recorded, this.name);
    const result = await this.runner.run(generationStream, generationId, command, context);
    const endedOtherwise = result.kind === 'rejected' && command.type === 'CancelGeneration';
    if (result.kind === 'rejected' && !endedOtherwise) {
      throw new Error(`${recorded.type} of ${generationId}: ${result.error.message}`);
    }
    if (event.type === 'JobSucceeded' && result.kind === 'accepted' && result.events.length === 0) {
      await this.eraseUnwanted(generationId, event.data.stored);
    }
    if (event.type === 'JobCancelled') await this.eraseUploads(generationId);
  }

  /** The record of what was made says which lots pay for it. */
  private async withLots(
    generationId: string,
    command: GenerationCommand | undefined,
  ): Promise<GenerationCommand | undefined> {
    if (command?.type !== 'CompleteGeneration') return command;
    return { ...command, held: await this.heldFor(generationId) };
  }

  /** Held until the end of the generation is settled; nothing once it was. */
  private async heldFor(generationId: string): Promise<readonly Allocation[]> {
    const { tenantId } = await this.requests.get(generationId);
    return this.runner.read(
      tokenAccountStream,
      tenantId,
      ({ holds }) => holds.get(generationId)?.allocations ?? [],
    );
  }

  /** What the worker had sent when its job was cancelled, whether or not it will ever hear of that. */
  private async eraseUploads(jobId: string): Promise<void> {
    const { fence, cost } = await readJob(this.runner, jobId);
    if (fence > 0) await this.outputs.eraseAll({ id: jobId, fence }, cost);
  }

  /** Images that came in when the generation was cancelled already belong to nobody. */
  private async eraseUnwanted(generationId: string, images: readonly StoredImage[]): Promise<void> {
    const view = await loadGeneration(this.store, generationId);
    if (view?.status === 'succeeded') return;
    for (const { assetId, dataKeyId } of images) await this.assets.erase(assetId, dataKeyId);
  }
}
