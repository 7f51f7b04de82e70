import { LedgerSealing } from '@imprest/read-models';
import { currentSealKey, knownSealKey } from '../config/index.js';
import { YieldingPace } from '../consumers/yielding-pace.js';
import type { RequestPressure } from '../http/request-pressure.js';
import type { Infrastructure } from './infrastructure.js';

/**
 * Only whoever seals every day makes the first key, and only where it is kept for good: a service that is given its
 * master key may lose its directory with its container. Others use the key they are given, or none.
 */
export function ledgerSealing(
  infrastructure: Infrastructure,
  pressure: RequestPressure,
): LedgerSealing {
  const { config, service, eventStore, runner, clock, connectionString } = infrastructure;
  const isForGood = !service.split || (service.name === 'ledger' && config.masterKey === undefined);
  const key = () => (isForGood ? currentSealKey(config) : knownSealKey(config));
  const pace = new YieldingPace(pressure.isHigh);
  return new LedgerSealing({ eventStore, runner, clock, connectionString, key, pace });
}
