import { CLOCK, type Clock, type EndpointTarget, WebhookEndpoints } from '@imprest/application';
import { Inject, Injectable } from '@nestjs/common';
import { FreshValues } from './fresh-values.js';

const FRESH_MS = 1_000;

/** Where endpoints are and what signs for them. A change is felt within a second. */
@Injectable()
export class EndpointTargets {
  private readonly known: FreshValues<EndpointTarget | undefined>;

  constructor(
    private readonly endpoints: WebhookEndpoints,
    @Inject(CLOCK) clock: Clock,
  ) {
    this.known = new FreshValues(FRESH_MS, () => clock.now().getTime());
  }

  /** Undefined when it was removed. */
  of(tenantId: string, endpointId: string): Promise<EndpointTarget | undefined> {
    return this.known.get(endpointId, () => this.endpoints.target(tenantId, endpointId));
  }
}
