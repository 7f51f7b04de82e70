import { CLOCK, type Clock, Tenants } from '@imprest/application';
import { Inject, Injectable } from '@nestjs/common';
import { FreshValues } from '../endpoints/fresh-values.js';

const FRESH_MS = 5_000;

/** Signing secrets of tenants. */
@Injectable()
export class TenantSecrets {
  private readonly known: FreshValues<readonly string[]>;

  constructor(
    private readonly tenants: Tenants,
    @Inject(CLOCK) clock: Clock,
  ) {
    this.known = new FreshValues(FRESH_MS, () => clock.now().getTime());
  }

  of(tenantId: string): Promise<readonly string[]> {
    return this.known.get(tenantId, () => this.tenants.webhookSecrets(tenantId));
  }
}
