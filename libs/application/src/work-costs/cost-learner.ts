import { type RecordedEvent, streamId, toDomainEvent } from '@imprest/event-catalogue';
import type { Reactor } from '../consuming/consumer.js';
import type { GenerationRequests } from '../orchestration/generation-requests.js';
import { amountOf } from './work-amount.js';
import type { WorkCosts } from './work-costs.js';

/**
 * Learns from attempts that made something and were measured. What loading the model took is left out: it is not
 * a cost of the work. An event that comes twice counts twice, which moves an average a little and nothing else.
 */
export class CostLearner implements Reactor {
  readonly kind = 'reactor';
  readonly name = 'cost-learner';
  readonly categories = ['job'];

  constructor(
    private readonly requests: GenerationRequests,
    private readonly costs: WorkCosts,
  ) {}

  async react(recorded: RecordedEvent): Promise<void> {
    if (recorded.type !== 'JobSucceeded') return;
    const event = toDomainEvent(recorded);
    if (event.type !== 'JobSucceeded' || event.data.usage === null) return;
    const facts = await this.requests.find(streamId(recorded.stream));
    if (facts === undefined) return;
    const { usage, stored, lost } = event.data;
    const amount = amountOf(facts.parameters, stored.length + lost.length);
    await this.costs.learn(facts.model, amount, usage.gpuMs - usage.loadMs);
  }
}
