import {
  CLOCK,
  type Clock,
  type CommandContext,
  ENDPOINT_TRAFFIC,
  type EndpointHealth,
  type EndpointTarget,
  type EndpointTraffic,
  WebhookEndpoints,
} from '@imprest/application';
import {
  breakerState,
  type DisablingCause,
  ENDPOINT_PATIENCE_MS,
  type WebhookAttemptOutcome,
} from '@imprest/domain';
import { LOGGER } from '@imprest/platform';
import { Inject, Injectable } from '@nestjs/common';
import type { Logger } from 'pino';
import { Deliverers } from './deliverers.js';
import { EndpointPlaces } from './endpoint-places.js';
import { EndpointSuccesses } from './endpoint-successes.js';
import { FreshValues } from './fresh-values.js';

/** A message on its way to an endpoint. */
export interface Passage {
  readonly messageId: string;
  readonly tenantId: string;
  readonly endpointId: string;
  readonly target: EndpointTarget;
  /** Somebody wants to know at once whether the endpoint works: nothing but a free place keeps it back. */
  readonly isTest: boolean;
  /** Asked for by a recovery: it gives way to whatever else waits for the endpoint. */
  readonly isRecovered: boolean;
}

/** What an attempt meant for its message, and which request it tells of. */
export interface Outcome {
  readonly kind: WebhookAttemptOutcome;
  readonly correlationId: string;
}

const FRESH_MS = 1_000;
/** Until somebody may have enabled it; whoever does has what waits sent at once. */
const DISABLED_LOOK_MS = 3_600_000;
const PROBE_PATIENCE_MS = 60_000;
/** Behind a probe, or behind the end of a rest: spread, so that they do not all come at once. */
const BEHIND_PROBE_MS = 5_000;
/** Behind live messages that were told when to come. */
const BEHIND_LIVE_MS = 2_000;
/** For another process to take it: all places of the endpoint are theirs. */
const ELSEWHERE_MS = 250;
const SPREAD = 0.2;

/**
 * Lets a message through to its endpoint, or says when it may come again: a message that waits for an endpoint
 * that is disabled, broken, slow or asked to be called seldom holds no connection and no place.
 */
@Injectable()
export class EndpointGate {
  private readonly health: FreshValues<EndpointHealth>;

  constructor(
    private readonly endpoints: WebhookEndpoints,
    private readonly places: EndpointPlaces,
    private readonly deliverers: Deliverers,
    private readonly successes: EndpointSuccesses,
    @Inject(ENDPOINT_TRAFFIC) private readonly traffic: EndpointTraffic,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {
    this.health = new FreshValues(FRESH_MS, () => this.nowMs());
  }

  /** @returns when to come again; undefined when it has a place now, which `leave` gives back */
  async enter(passage: Passage): Promise<Date | undefined> {
    const { endpointId, target, isTest, isRecovered } = passage;
    const now = this.nowMs();
    if (target.isDisabled && !isTest) return this.waitForEnabling(passage, now);
    if (isRecovered && this.places.isSought(endpointId, now))
      return this.spread(now, BEHIND_LIVE_MS);
    const { concurrency } = target;
    const share = this.deliverers.shareOf(endpointId, concurrency);
    if (!this.places.take(endpointId, concurrency, share)) {
      if (isRecovered) return this.spread(now, BEHIND_LIVE_MS);
      if (share === 0) return this.spread(now, ELSEWHERE_MS);
      return new Date(this.places.putOff(endpointId, share, now));
    }
    try {
      const at = isTest ? undefined : await this.mayBegin(passage, now);
      if (at !== undefined) this.places.giveBack(endpointId, null, now);
      return at;
    } catch (error) {
      this.places.giveBack(endpointId, null, now);
      throw error;
    }
  }

  /** @param outcome null when nothing was sent. What cannot be kept of it is told again by the next attempt. */
  async leave(passage: Passage, outcome: Outcome | null, elapsedMs: number): Promise<void> {
    const { endpointId, isTest } = passage;
    this.places.giveBack(endpointId, outcome === null ? null : elapsedMs, this.nowMs());
    try {
      if (outcome?.kind === 'delivered') await this.succeeded(endpointId);
      else if (outcome !== null && !isTest) await this.failed(passage, outcome);
    } catch (err) {
      this.logger.warn({ endpoint: endpointId, err }, 'health of an endpoint could not be kept');
    }
  }

  /** What was asked for again is in no line: it is counted among what waits from now on. */
  private async waitForEnabling(passage: Passage, now: number): Promise<Date> {
    const { tenantId, endpointId, messageId } = passage;
    await this.traffic.join({ tenantId, endpointId, messageId, line: null });
    return this.spread(now, DISABLED_LOOK_MS);
  }

  private async mayBegin(passage: Passage, now: number): Promise<Date | undefined> {
    const { endpointId, target, isRecovered } = passage;
    const { breaker } = await this.healthOf(endpointId);
    const state = breakerState(breaker, now);
    if (state === 'open') return this.spread(now, breaker.openUntilMs - now);
    if (state === 'half_open') {
      const isProbe = await this.traffic.takeProbe(endpointId, now, now + PROBE_PATIENCE_MS);
      return isProbe ? undefined : this.spread(now, BEHIND_PROBE_MS);
    }
    const { perSecond } = target;
    if (perSecond === null) return undefined;
    const wait = await this.traffic.pace(endpointId, perSecond, now);
    if (wait === 0) return undefined;
    if (isRecovered) return this.spread(now, Math.max(wait, BEHIND_LIVE_MS));
    return new Date(this.places.promise(endpointId, 1_000 / perSecond, now));
  }

  private async succeeded(endpointId: string): Promise<void> {
    const { breaker, failingSinceMs } = await this.healthOf(endpointId);
    const worked = [endpointId, this.nowMs()] as const;
    if (breaker.failures === 0 && breaker.openings === 0 && failingSinceMs === null) {
      this.successes.note(...worked);
      return;
    }
    await this.traffic.succeeded(new Map([worked]));
    this.health.forget(endpointId);
  }

  private async failed(passage: Passage, { kind, correlationId }: Outcome): Promise<void> {
    const now = this.nowMs();
    const { failingSinceMs } = await this.traffic.failed(passage.endpointId, now);
    this.health.forget(passage.endpointId);
    if (kind === 'refused') {
      await this.disable(passage, 'gone', 'it answered 410', correlationId);
    } else if (failingSinceMs !== null && now - failingSinceMs >= ENDPOINT_PATIENCE_MS) {
      const since = new Date(failingSinceMs).toISOString();
      await this.disable(passage, 'failing', `it took nothing since ${since}`, correlationId);
    }
  }

  private async disable(
    { tenantId, endpointId }: Passage,
    cause: DisablingCause,
    reason: string,
    correlationId: string,
  ): Promise<void> {
    const actor = { kind: 'system', id: 'webhooks' } as const;
    const context: CommandContext = { correlationId, causationId: endpointId, actor };
    await this.endpoints.disable(tenantId, endpointId, cause, reason, context);
    this.logger.warn({ tenant: tenantId, endpoint: endpointId, cause }, 'endpoint disabled');
  }

  private healthOf(endpointId: string): Promise<EndpointHealth> {
    return this.health.get(endpointId, () => this.traffic.health(endpointId));
  }

  private spread(nowMs: number, ms: number): Date {
    return new Date(nowMs + Math.ceil(ms * (1 + SPREAD * Math.random())));
  }

  private nowMs(): number {
    return this.clock.now().getTime();
  }
}
