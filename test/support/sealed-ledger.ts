import { type CommandContext, DeciderRunner, type StreamAppend } from '@imprest/application';
import type { DomainEvent, TokenAccountEvent } from '@imprest/domain';
import { definitionOf, streamName, toEnvelope } from '@imprest/event-catalogue';
import {
  migrations as eventStoreMigrations,
  PostgresEventStore,
} from '@imprest/event-store-postgres';
import { newSealKeyPem, type SealKey, sealKeyFromPem } from '@imprest/ledger-seal';
import {
  journalProjector,
  migrations,
  PostgresCheckpointStore,
  sealLedger,
  sealsProjector,
  type TableProjector,
  verifyLedger,
} from '@imprest/read-models';
import { fixedClock, InMemorySnapshotStore } from '@imprest/testkit';
import { tokenAccountHistory } from '@imprest/testkit/arbitraries';
import { exampleEvent } from '@imprest/testkit/domain';
import { createTestDatabase, type TestDatabase } from '@imprest/testkit/postgres';
import fc from 'fast-check';
import { Client } from 'pg';

export const context: CommandContext = {
  ...{ correlationId: 'test', causationId: 'test' },
  actor: { kind: 'system', id: 'test' },
};
export const TENANTS = ['ten_a', 'ten_b', 'ten_c'];

/** A store with the history of a few tenants, its journal, and two seals; the last events are under none. */
export class SealedLedger {
  readonly clock = fixedClock();
  readonly key = sealKeyFromPem(newSealKeyPem());
  readonly runner: DeciderRunner;
  private readonly revisions = new Map<string, number>();
  private events = 0;

  private constructor(
    readonly database: TestDatabase,
    readonly store: PostgresEventStore,
    readonly sql: Client,
    private readonly checkpoints: PostgresCheckpointStore,
  ) {
    const snapshots = new InMemorySnapshotStore();
    this.runner = new DeciderRunner({ store, snapshots, clock: this.clock });
  }

  static async open(): Promise<SealedLedger> {
    const database = await createTestDatabase({
      migrations: [...eventStoreMigrations, ...migrations],
    });
    const connectionString = database.url;
    const store = await PostgresEventStore.connect({ connectionString });
    const sql = new Client({ connectionString });
    await sql.connect();
    const checkpoints = new PostgresCheckpointStore({ connectionString });
    return new SealedLedger(database, store, sql, checkpoints);
  }

  async close(): Promise<void> {
    await this.checkpoints.close();
    await this.store.close();
    await this.sql.end();
    await this.database.drop();
  }

  async append(id: string, ...events: readonly DomainEvent[]): Promise<void> {
    if (events.length === 0) return;
    const stream = streamName(definitionOf(events[0]!.type).category, id);
    const expectedRevision = this.revisions.get(stream) ?? -1;
    this.revisions.set(stream, expectedRevision + events.length);
    const append: StreamAppend = {
      ...{ stream, expectedRevision },
      events: events.map((event) => {
        this.events += 1;
        this.clock.advance(1_000);
        const eventId = `00000000-0000-7000-8000-${String(this.events).padStart(12, '0')}`;
        return toEnvelope(event, eventId, { ...context, occurredAt: this.clock.isoNow() });
      }),
    };
    await this.store.append([append]);
  }

  /** Accounts take turns, three facts each, with an event of something else in between. */
  async play(histories: readonly (readonly TokenAccountEvent[])[]): Promise<void> {
    const longest = Math.max(...histories.map(({ length }) => length));
    for (let at = 0; at < longest; at += 3) {
      for (const [index, history] of histories.entries()) {
        await this.append(TENANTS[index]!, ...history.slice(at, at + 3));
      }
      await this.append(`req_${this.events}`, exampleEvent('GenerationRequested'));
    }
    await this.project(journalProjector);
  }

  async project(projector: TableProjector): Promise<void> {
    const { name, categories } = projector;
    const after = await this.checkpoints.load(name);
    for await (const page of this.store.readAll({ after, categories })) {
      await this.checkpoints.advance(name, page.at(-1)!.position, (sql) =>
        projector.project(page, sql),
      );
    }
    const head = await this.store.head();
    await this.checkpoints.advance(name, head, async () => {});
  }

  async seal(knownBefore?: Date) {
    const services = { eventStore: this.store, ...this, connectionString: this.database.url };
    const sealed = await sealLedger(services, { key: this.key, context, knownBefore });
    await this.project(sealsProjector);
    return sealed;
  }

  verify(options: { trusted?: SealKey; replay?: boolean } = {}) {
    const { store: eventStore, database } = this;
    return verifyLedger({ eventStore, connectionString: database.url, ...options });
  }
}

/** Of each of the tenants, the same for the same seed. */
export function histories(seed: number, steps: number): TokenAccountEvent[][] {
  return TENANTS.map((tenantId, index) => [
    ...fc.sample(
      fc.noShrink(tokenAccountHistory(tenantId, steps).filter(({ length }) => length > steps / 3)),
      { seed: seed + index, numRuns: 1 },
    )[0]!,
  ]);
}

const parts = (all: readonly TokenAccountEvent[][], from: number, to: number) =>
  all.map((history) =>
    history.slice(Math.floor(history.length * from), Math.floor(history.length * to)),
  );

/** Two fifths of the histories under each of two seals, and the last fifth under none. */
export async function sealedLedger(steps: number): Promise<SealedLedger> {
  const ledger = await SealedLedger.open();
  const all = histories(4711, steps);
  await ledger.play(parts(all, 0, 0.4));
  await ledger.seal();
  await ledger.play(parts(all, 0.4, 0.8));
  await ledger.seal();
  await ledger.play(parts(all, 0.8, 1));
  return ledger;
}
