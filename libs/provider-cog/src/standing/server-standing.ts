import type { ProviderStanding } from '@imprest/application';
import { partsOf, toldReason } from '@imprest/provider-http';
import type { CogModel } from '../cog-options.js';
import type { CogApi } from '../protocol/cog-api.js';
import { fieldsOf } from '../protocol/prediction.js';
import { mappingFaults } from './mapping-faults.js';

/** The model is in memory. */
const LOADED = new Set(['READY', 'BUSY']);

/** What `GET /health-check` says, always with 200, and whether the model has every input that a mapping names. */
export async function standingOf(
  api: CogApi,
  models: Readonly<Record<string, CogModel>>,
  signal: AbortSignal,
): Promise<ProviderStanding> {
  const health = fieldsOf(await api.health(signal));
  const loaded = LOADED.has(String(health.status));
  const schema = await api.schema(signal);
  const faults = partsOf(models).flatMap((mapping) => mappingFaults(mapping, schema));
  return {
    ready: loaded && faults.length === 0,
    detail: [...wordsOf(health), ...faults].join('; '),
    models: Object.keys(models).map((name) => ({ name, loaded })),
  };
}

function wordsOf(health: ReturnType<typeof fieldsOf>): readonly string[] {
  const { status, user_healthcheck_error: unhealthy } = health;
  const { cog, coglet } = fieldsOf(health.version);
  const { logs } = fieldsOf(health.setup);
  const failed = status === 'SETUP_FAILED' && typeof logs === 'string';
  return [
    `Cog ${String(cog ?? coglet ?? 'of an unknown version')} is ${String(status ?? 'silent')}`,
    ...(typeof unhealthy === 'string' ? [toldReason(unhealthy)] : []),
    ...(failed ? [toldReason(logs.slice(-300))] : []),
  ];
}
