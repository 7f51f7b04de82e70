import { type ChildProcess, fork } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { type RelayPosition, START_OF_STORE, uuidV7 } from '@imprest/application';
import type { EventEnvelope, RecordedEvent } from '@imprest/event-catalogue';
import { PostgresEventStore } from '@imprest/event-store-postgres';
import { KafkaMessageBus, KafkaTopics } from '@imprest/message-bus-kafka';
import { allMigrations } from '@imprest/platform';
import { PostgresRelayPosition, runMigrations } from '@imprest/read-models';
import { createTestDatabase, type TestDatabase } from '@imprest/testkit/postgres';
import { Client } from 'pg';
import { vi } from 'vitest';

const STREAMS = 20;
const ARRIVAL_MS = 40_000;

function envelope(): EventEnvelope {
  const metadata = { correlationId: 'c', causationId: 'c', occurredAt: '2026-01-15T09:00:00.000Z' };
  return {
    eventId: uuidV7(Date.now()),
    type: 'TokensHeld',
    version: 1,
    data: { generationId: 'req_1', tokens: '40' },
    metadata: { ...metadata, actor: { kind: 'system', id: 'test' } },
  };
}

/** An event store that is written to, relays in processes of their own, and a consumer behind Kafka. */
export class RelayTrial {
  /** As the consumer's inbox has it: next revision of each stream. */
  readonly inbox = new Map<string, number>();
  /** What came in, repeats included. */
  readonly arrived: RecordedEvent[] = [];
  /** Events that came before the one that precedes them. */
  gaps = 0;
  appended = 0;
  private readonly revisions = new Map<string, number>();
  private readonly relays = new Set<ChildProcess>();

  private constructor(
    private readonly database: TestDatabase,
    private readonly store: PostgresEventStore,
    readonly position: RelayPosition & { close(): Promise<void> },
    private readonly bus: KafkaMessageBus,
    private readonly brokers: readonly string[],
    private readonly prefix: string,
  ) {}

  static async open(brokers: readonly string[]): Promise<RelayTrial> {
    const prefix = `test-${randomBytes(6).toString('hex')}`;
    const database = await createTestDatabase();
    const connectionString = database.url;
    await runMigrations(connectionString, allMigrations);
    const topics = await KafkaTopics.connect({ brokers, prefix });
    await topics.create({ partitions: 3 });
    await topics.close();
    const store = await PostgresEventStore.connect({ connectionString });
    const position = new PostgresRelayPosition({ connectionString });
    const bus = await KafkaMessageBus.connect({ brokers, prefix, sessionTimeoutMs: 6_000 });
    const trial = new RelayTrial(database, store, position, bus, brokers, prefix);
    trial.consume();
    return trial;
  }

  get duplicates(): number {
    return this.arrived.length - [...this.inbox.values()].reduce((sum, next) => sum + next, 0);
  }

  /** Starts one more relay; resolves at once, it may have to stand by. */
  startRelay() {
    const file = new URL('./relay-process.mjs', import.meta.url);
    const args = [this.database.url, this.brokers.join(','), this.prefix];
    const child = fork(file, args, { execArgv: [] });
    this.relays.add(child);
    let elected = false;
    child.on('message', () => {
      elected = true;
    });
    return {
      child,
      elected: () => vi.waitUntil(() => elected, { timeout: 20_000, interval: 10 }),
    };
  }

  /** `count` events, by turns on each of the streams, a few in each append. */
  async append(count: number): Promise<void> {
    for (let written = 0; written < count; written += 5) {
      const appends = Array.from({ length: 5 }, () => {
        const stream = `tokenAccount-ten_${this.appended++ % STREAMS}`;
        const expectedRevision = (this.revisions.get(stream) ?? 0) - 1;
        this.revisions.set(stream, expectedRevision + 2);
        return { stream, expectedRevision, events: [envelope()] };
      });
      await this.store.append(appends);
    }
  }

  /** Waits until the consumer has every event that was appended. */
  async arrives(): Promise<void> {
    const complete = () =>
      [...this.revisions].every(([stream, next]) => this.inbox.get(stream) === next);
    await vi.waitUntil(complete, { timeout: ARRIVAL_MS, interval: 20 });
  }

  /** Ends the session that the leader's place hangs on. */
  async killLeaderSession(): Promise<void> {
    const client = new Client({ connectionString: this.database.url });
    await client.connect();
    await client.query(
      `select pg_terminate_backend(pid) from pg_locks
        where locktype = 'advisory' and granted and objsubid = 1
          and database = (select oid from pg_database where datname = current_database())`,
    );
    await client.end();
  }

  async close(): Promise<void> {
    for (const relay of this.relays) relay.kill('SIGKILL');
    await this.bus.close();
    await this.store.close();
    await this.position.close();
    await this.database.drop();
  }

  private consume(): void {
    const loadPosition = async () => START_OF_STORE;
    const options = { consumer: 'reader', categories: ['tokenAccount'], loadPosition };
    this.bus.consume(options, async ({ events }) => {
      for (const event of events) {
        this.arrived.push(event);
        const next = this.inbox.get(event.stream) ?? 0;
        if (event.revision === next) this.inbox.set(event.stream, next + 1);
        if (event.revision > next) this.gaps += 1;
      }
    });
  }
}
