import { ApiKeys, DEFAULT_REQUESTS_PER_MINUTE, DomainFailure, Tenants } from '@imprest/application';
import type { RunningProcess } from '@imprest/platform';

export const DEMO_TENANT = 'demo';
const WELCOME_TOKENS = 1_000n;

const context = {
  correlationId: 'start',
  causationId: 'start',
  actor: { kind: 'system', id: 'demo' },
} as const;

/** A tenant to try things with: made at the first start, found at every other one. */
export async function ensureDemoTenant({ application, infrastructure }: RunningProcess) {
  const tenants = application.get(Tenants);
  const { demoKey } = infrastructure.keys;
  await tenants.create(DEMO_TENANT, 'Demo', context).catch(ignoreConflict);
  const terms = { name: 'demo', expiresAt: null, requestsPerMinute: DEFAULT_REQUESTS_PER_MINUTE };
  await application.get(ApiKeys).adopt(DEMO_TENANT, demoKey, terms, context);
  const grant = {
    grantId: 'demo_welcome',
    tokens: WELCOME_TOKENS,
    reason: 'welcome grant of the demo tenant',
    expiresAt: null,
  };
  await tenants.grant(DEMO_TENANT, grant, context);
}

/** The operator has a tenant of this id under another name: it is used as it is. */
function ignoreConflict(error: unknown): void {
  if (!(error instanceof DomainFailure) || error.error.code !== 'conflict') throw error;
}
