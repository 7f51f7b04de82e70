import { CLOCK, type Clock, Tenants } from '@imprest/application';
import { Inject, Injectable } from '@nestjs/common';

interface Known {
  readonly secrets: Promise<readonly string[]>;
  readonly freshUntil: number;
}

const FRESH_MS = 5_000;
const CAPACITY = 10_000;

/** Signing secrets of tenants, kept for seconds: a burst of deliveries asks for the same ones. */
@Injectable()
export class TenantSecrets {
  private readonly known = new Map<string, Known>();

  constructor(
    private readonly tenants: Tenants,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  async of(tenantId: string): Promise<readonly string[]> {
    const now = this.clock.now().getTime();
    const known = this.known.get(tenantId);
    if (known !== undefined && known.freshUntil > now) return known.secrets;
    if (this.known.size >= CAPACITY) this.known.clear();
    const secrets = this.tenants.webhookSecrets(tenantId);
    this.known.set(tenantId, { secrets, freshUntil: now + FRESH_MS });
    // A failed look-up must not be remembered.
    secrets.catch(() => this.known.delete(tenantId));
    return secrets;
  }
}
