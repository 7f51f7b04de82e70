import type { GenerationEvent } from '@imprest/domain';
import { type RecordedEvent, streamId, toDomainEvent } from '@imprest/event-catalogue';
import { causedBy } from '../command-context.js';
import type { Reactor } from '../consuming/consumer.js';
import type { DeciderRunner } from '../deciding/decider-runner.js';
import { closeHold } from './close-hold.js';
import type { GenerationRequests } from './generation-requests.js';
import { generationEnd } from './outcome-commands.js';

const ENDS = new Set(['GenerationSucceeded', 'GenerationFailed', 'GenerationCancelled']);

/**
 * The end of a generation settles its hold for what was made, or releases it.
 *
 * Exactly once, in effect: a generation ends once (its decider), the end is delivered at least once (the
 * checkpoint moves after the command), and a hold closes once (the account's decider). A generation that
 * ends before its hold is there finds nothing to release here; whoever makes work from that hold looks
 * at the generation once more and closes it (see job-enqueuer.ts).
 */
export class Settlement implements Reactor {
  readonly kind = 'reactor';
  readonly name = 'settlement';
  readonly categories = ['generation'];

  constructor(
    private readonly runner: DeciderRunner,
    private readonly requests: GenerationRequests,
  ) {}

  async react(event: RecordedEvent): Promise<void> {
    if (!ENDS.has(event.type)) return;
    const end = generationEnd(toDomainEvent(event) as GenerationEvent);
    if (end === undefined) return;
    const generationId = streamId(event.stream);
    const { tenantId } = await this.requests.get(generationId);
    await closeHold(this.runner, tenantId, generationId, end, causedBy(event, this.name));
  }
}
