import { type CommandContext, DeciderRunner, systemClock } from '@imprest/application';
import { PostgresSnapshotStore, type SealingServices } from '@imprest/read-models';
import type { Engines } from '../engines.js';

/** Who seals from a terminal. */
export const operator: CommandContext = {
  correlationId: 'imprest ledger seal',
  causationId: 'imprest ledger seal',
  actor: { kind: 'operator', id: 'cli' },
};

/** For as long as `work` takes. */
export async function withSealing<T>(
  engines: Engines,
  work: (services: SealingServices) => Promise<T>,
): Promise<T> {
  const { connectionString } = engines;
  const eventStore = await engines.eventStore();
  const snapshots = new PostgresSnapshotStore({ connectionString });
  const clock = systemClock;
  const runner = new DeciderRunner({ store: eventStore, snapshots, clock });
  try {
    return await work({ eventStore, runner, clock, connectionString });
  } finally {
    await snapshots.close();
  }
}
