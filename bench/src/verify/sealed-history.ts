import { DeciderRunner, systemClock } from '@imprest/application';
import { PostgresEventStore } from '@imprest/event-store-postgres';
import { newSealKeyPem, sealKeyFromPem } from '@imprest/ledger-seal';
import {
  journalProjector,
  PostgresSnapshotStore,
  ProjectionRebuild,
  sealLedger,
} from '@imprest/read-models';
import { appendAccountHistory } from '../ledger.js';

const context = {
  ...{ correlationId: 'bench', causationId: 'bench' },
  actor: { kind: 'system', id: 'bench' },
} as const;

/** A store of `events` facts, its journal, and a seal over all of it. @throws Error when it is not empty */
export async function makeSealedHistory(connectionString: string, events: number): Promise<void> {
  const store = await PostgresEventStore.connect({ connectionString });
  const snapshots = new PostgresSnapshotStore({ connectionString });
  try {
    await appendAccountHistory(store, events);
    const rebuild = new ProjectionRebuild({
      ...{ projector: journalProjector, eventStore: store, connectionString },
    });
    await rebuild.build();
    await rebuild.switchOver();
    await rebuild.dropOld();
    const runner = new DeciderRunner({ store, snapshots, clock: systemClock });
    const services = { eventStore: store, runner, clock: systemClock, connectionString };
    const seal = await sealLedger(services, { key: sealKeyFromPem(newSealKeyPem()), context });
    // The introduction of the key is under the seal too.
    if (seal?.events !== events + 1) throw new Error(`${seal?.events} events were sealed`);
  } finally {
    await snapshots.close();
    await store.close();
  }
}
