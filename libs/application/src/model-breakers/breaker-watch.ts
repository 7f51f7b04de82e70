import {
  type AttemptRules,
  AttemptWindow,
  type JobAttemptFailed,
  type ModelBreakerCommand,
} from '@imprest/domain';
import { type RecordedEvent, streamId, toDomainEvent } from '@imprest/event-catalogue';
import { causedBy } from '../command-context.js';
import type { Reactor } from '../consuming/consumer.js';
import type { DeciderRunner } from '../deciding/decider-runner.js';
import { modelBreakerStream } from '../deciding/stream-types.js';
import type { GenerationRequests } from '../orchestration/generation-requests.js';
import type { Clock } from '../ports/clock.js';
import type { ModelBreakers } from './model-breakers.js';

export interface BreakerWatchServices {
  readonly runner: DeciderRunner;
  readonly requests: GenerationRequests;
  readonly breakers: ModelBreakers;
  readonly clock: Clock;
  readonly rules: Pick<AttemptRules, 'breaker'>;
}

type Attempt = { readonly failure: JobAttemptFailed['data'] | undefined };

/**
 * Watches how attempts at each model end, and opens its breaker when too many fail. What it has counted is lost with
 * its process: a model that is still broken fails as often again.
 */
export class BreakerWatch implements Reactor {
  readonly kind = 'reactor';
  readonly name = 'breaker-watch';
  readonly categories = ['job'];
  private readonly windows = new Map<string, AttemptWindow>();

  constructor(private readonly services: BreakerWatchServices) {}

  async react(recorded: RecordedEvent): Promise<void> {
    const attempt = attemptOf(recorded);
    if (attempt === undefined || this.isOld(recorded)) return;
    const jobId = streamId(recorded.stream);
    const facts = await this.services.requests.find(jobId);
    if (facts === undefined) return;
    const command = await this.command(facts.model, jobId, attempt, recorded);
    if (command === undefined) return;
    this.windows.get(facts.model)?.clear();
    const { runner } = this.services;
    await runner.run(modelBreakerStream, facts.model, command, causedBy(recorded, this.name));
  }

  private async command(
    model: string,
    jobId: string,
    { failure }: Attempt,
    { metadata: { occurredAt: now } }: RecordedEvent,
  ): Promise<ModelBreakerCommand | undefined> {
    const { breakers, rules } = this.services;
    const rule = rules.breaker;
    const failed = failure !== undefined && rule.counted.includes(failure.failureClass);
    const { status } = await breakers.standing(model);
    if (status !== 'closed') {
      const said = failed ? `the probe failed: ${failure.failureClass}` : undefined;
      return { type: 'ReportProbe', jobId, failure: said, now, rule };
    }
    // What a caller did wrong says nothing about the model, neither good nor bad.
    if (failure !== undefined && !failed) return undefined;
    const reason = this.window(model).add({ atMs: Date.parse(now), failed });
    return reason === undefined ? undefined : { type: 'OpenBreaker', model, reason, now, rule };
  }

  private window(model: string): AttemptWindow {
    const known = this.windows.get(model) ?? new AttemptWindow(this.services.rules.breaker);
    this.windows.set(model, known);
    return known;
  }

  /** After a checkpoint was lost: how the model did long ago is no news. */
  private isOld({ metadata }: RecordedEvent): boolean {
    const { clock, rules } = this.services;
    const ageMs = clock.now().getTime() - Date.parse(metadata.occurredAt);
    return ageMs > rules.breaker.windowSeconds * 1_000;
  }
}

function attemptOf(recorded: RecordedEvent): Attempt | undefined {
  if (recorded.type === 'JobSucceeded') return { failure: undefined };
  if (recorded.type !== 'JobAttemptFailed') return undefined;
  const event = toDomainEvent(recorded);
  return event.type === 'JobAttemptFailed' ? { failure: event.data } : undefined;
}
