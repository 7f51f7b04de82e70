import {
  CLOCK,
  type Clock,
  ENDPOINT_TRAFFIC,
  type EndpointTraffic,
  type OpenEndpoint,
} from '@imprest/application';
import { type BreakerState, breakerState, type WebhookAttemptOutcome } from '@imprest/domain';
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
  /** Of the last attempts, newest first. */
  readonly recent: readonly WebhookAttemptOutcome[];
  /** Part of them that were delivered; null when there was none. */
  readonly successRatio: number | null;
}

const time = (ms: number | null) => (ms === null ? null : new Date(ms).toISOString());

@Injectable()
export class EndpointHealths {
  constructor(
    @Inject(ENDPOINT_TRAFFIC) private readonly traffic: EndpointTraffic,
    @Inject(CLOCK) private readonly clock: Clock,
    private readonly messages: WebhookQueries,
  ) {}

  async of<E extends OpenEndpoint>(
    tenantId: string,
    endpoints: readonly E[],
  ): Promise<readonly (E & { readonly health: EndpointHealthView })[]> {
    const outcomes = await this.messages.recentOutcomes(tenantId, MOST_ATTEMPTS);
    return Promise.all(
      endpoints.map(async (endpoint) => {
        const health = await this.healthOf(endpoint.id, outcomes.get(endpoint.id) ?? []);
        return { ...endpoint, health };
      }),
    );
  }

  private async healthOf(
    endpointId: string,
    recent: readonly WebhookAttemptOutcome[],
  ): Promise<EndpointHealthView> {
    const { breaker: memory, failingSinceMs } = await this.traffic.health(endpointId);
    const breaker = breakerState(memory, this.clock.now().getTime());
    const delivered = recent.filter((outcome) => outcome === 'delivered').length;
    return {
      breaker,
      probeAt: breaker === 'open' ? time(memory.openUntilMs) : null,
      failingSince: time(failingSinceMs),
      recent,
      successRatio: recent.length === 0 ? null : delivered / recent.length,
    };
  }
}
