import {
  CLOCK,
  type Clock,
  ENDPOINT_TRAFFIC,
  type EndpointCondition,
  type EndpointTraffic,
  type OpenEndpoint,
} from '@imprest/application';
import {
  type BreakerState,
  breakerState,
  closedBreaker,
  type WebhookAttemptOutcome,
} from '@imprest/domain';
import { CONFIG, type Config } from '@imprest/platform';
import { WebhookQueries } from '@imprest/read-models';
import { Inject, Injectable } from '@nestjs/common';

/** The last ones say how it does now. */
const MOST_ATTEMPTS = 50;

/** How an endpoint does; times are ISO 8601. */
export interface EndpointHealthView {
  readonly breaker: BreakerState;
  /** When an open breaker lets a probe through. */
  readonly probeAt: string | null;
  /** Of the first failure since the last success. */
  readonly failingSince: string | null;
  /** Messages that are not settled. */
  readonly waiting: number;
  /** Since when the oldest of them waits. */
  readonly waitingSince: string | null;
  /** When the oldest expires that waits for a disabled endpoint; null while it is enabled, or nothing waits. */
  readonly expiresAt: string | null;
  /** Deliveries over all processes, as of the last second or so. */
  readonly underWay: number;
  /** Of the last attempts, newest first. */
  readonly recent: readonly WebhookAttemptOutcome[];
  /** Part of them that were delivered; null when there was none. */
  readonly successRatio: number | null;
}

const DAY_MS = 86_400_000;
const unknown: EndpointCondition = {
  ...{ breaker: closedBreaker, failingSinceMs: null, waiting: 0, waitingSinceMs: null },
  underWay: 0,
};

const time = (ms: number | null) => (ms === null ? null : new Date(ms).toISOString());

@Injectable()
export class EndpointHealths {
  constructor(
    @Inject(ENDPOINT_TRAFFIC) private readonly traffic: EndpointTraffic,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(CONFIG) private readonly config: Pick<Config, 'webhookWaitingDays'>,
    private readonly messages: WebhookQueries,
  ) {}

  async of<E extends OpenEndpoint>(
    tenantId: string,
    endpoints: readonly E[],
  ): Promise<readonly (E & { readonly health: EndpointHealthView })[]> {
    const [outcomes, conditions] = await Promise.all([
      this.messages.recentOutcomes(tenantId, MOST_ATTEMPTS),
      this.traffic.conditions(endpoints.map(({ id }) => id)),
    ]);
    return endpoints.map((endpoint) => {
      const condition = conditions.get(endpoint.id) ?? unknown;
      const health = this.healthOf(endpoint, condition, outcomes.get(endpoint.id) ?? []);
      return { ...endpoint, health };
    });
  }

  private healthOf(
    { disabled }: OpenEndpoint,
    { breaker: memory, failingSinceMs, waiting, waitingSinceMs, underWay }: EndpointCondition,
    recent: readonly WebhookAttemptOutcome[],
  ): EndpointHealthView {
    const breaker = breakerState(memory, this.clock.now().getTime());
    const delivered = recent.filter((outcome) => outcome === 'delivered').length;
    return {
      breaker,
      probeAt: breaker === 'open' ? time(memory.openUntilMs) : null,
      failingSince: time(failingSinceMs),
      waiting,
      waitingSince: time(waitingSinceMs),
      expiresAt: disabled === null || waitingSinceMs === null ? null : this.expiry(waitingSinceMs),
      underWay,
      recent,
      successRatio: recent.length === 0 ? null : delivered / recent.length,
    };
  }

  private expiry(waitingSinceMs: number): string | null {
    return time(waitingSinceMs + this.config.webhookWaitingDays * DAY_MS);
  }
}
