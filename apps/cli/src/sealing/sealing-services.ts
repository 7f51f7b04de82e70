import { type EventStore, systemClock } from '@imprest/application';
import { knownSealKey } from '@imprest/platform';
import { LedgerSealing, type SealingServices } from '@imprest/read-models';
import type { Engines } from '../engines.js';

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
