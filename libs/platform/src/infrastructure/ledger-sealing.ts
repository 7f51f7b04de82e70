import { LedgerSealing } from '@imprest/read-models';
import { currentSealKey, knownSealKey } from '../config/index.js';
import { YieldingPace } from '../consumers/yielding-pace.js';
import type { RequestPressure } from '../http/request-pressure.js';
import type { Infrastructure } from './infrastructure.js';

/** Only whoever seals every day makes the first key; others use the one they are given, or none. */
export function ledgerSealing(
  infrastructure: Infrastructure,
  pressure: RequestPressure,
): LedgerSealing {
  const { config, service, eventStore, runner, clock, connectionString } = infrastructure;
  const seals = service.name === 'imprest' || service.name === 'ledger';
  const key = () => (seals ? currentSealKey(config) : knownSealKey(config));
  const pace = new YieldingPace(pressure.isHigh);
  return new LedgerSealing({ eventStore, runner, clock, connectionString, key, pace });
}
