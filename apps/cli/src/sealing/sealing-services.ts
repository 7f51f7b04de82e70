import { type EventStore, systemClock } from '@imprest/application';
import type { SealKey } from '@imprest/ledger-seal';
import { type Config, currentSealKey, knownSealKey } from '@imprest/platform';
import { LedgerSealing, type SealingServices } from '@imprest/read-models';
import type { Engines } from '../engines.js';
import { UsageError } from '../terminal/run-cli.js';

/** What sealing from a terminal needs; closed with the engines. */
export function openSealing(
  engines: Engines,
  eventStore: EventStore,
): SealingServices & { readonly seals: LedgerSealing } {
  const { config, connectionString } = engines;
  const runner = engines.runner(eventStore);
  const services = { eventStore, runner, clock: systemClock, connectionString };
  return {
    ...services,
    seals: new LedgerSealing({ ...services, key: () => knownSealKey(config) }),
  };
}

/**
 * The key that signs. Beside a database of one's own, one made up here would be another than the services
 * have, and be introduced as the first. @throws UsageError when there is none
 */
export function sealKeyOf(config: Config): SealKey {
  const known = knownSealKey(config);
  if (known !== undefined) return known;
  if (config.databaseUrl === undefined) return currentSealKey(config);
  throw new UsageError('LEDGER_SEAL_KEY is not set, and IMPREST_DATA_DIR holds no key');
}
