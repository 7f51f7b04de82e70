import { type EventStore, type Pace, storedEventReader, unpaced } from '@imprest/application';
import { LEDGER_SEAL_ID, ledgerSeal, tokenAccount } from '@imprest/domain';
import {
  type StoredEvent,
  storedEvent,
  streamCategory,
  streamId,
  streamName,
} from '@imprest/event-catalogue';
import {
  type Anchor,
  departsFrom,
  type Finding,
  Findings,
  type LeafChunk,
  type LogObserver,
  LogVerifier,
  type SealPublicKey,
  sealsOf,
} from '@imprest/ledger-seal';
import { Client } from 'pg';
import { type OnProgress, ProgressMeter } from '../rebuilding/rebuild-progress.js';
import { sqlTransaction } from '../sql/sql-transaction.js';
import { BooksComparison } from './books-comparison.js';
import { LineComparison } from './line-comparison.js';
import { type LogRecord, logRecords } from './log-records.js';
import { SealedLeaves } from './sealed-leaves.js';
import { SnapshotsComparison } from './snapshots-comparison.js';
import { PREPARE_AUDIT, StoredEntryReader } from './stored-entry-reader.js';

export interface VerifyLedgerOptions {
  readonly eventStore: Pick<EventStore, 'readAll' | 'readStream' | 'head'>;
  readonly connectionString: string;
  /** Known from elsewhere than the ledger; without one signatures are checked with the keys the ledger names. */
  readonly trusted?: SealPublicKey;
  /** Seals kept elsewhere. */
  readonly anchors?: readonly Anchor[];
  /**
   * Books every account anew and compares it with the journal and with snapshots; true when absent. Without,
   * chains, seals, leaves and zero sums are checked, at several times the rate.
   */
  readonly replay?: boolean;
  /** Lets requests go first in a process that answers them. */
  readonly pace?: Pace;
  readonly onProgress?: OnProgress;
}

export interface LedgerVerification {
  readonly events: number;
  readonly entries: number;
  readonly accounts: number;
  readonly snapshots: number;
  /** Position of the last event looked at. */
  readonly upTo: bigint;
  readonly seals: number;
  /** Last position under a seal; what lies beyond has its chains, but no signature yet. */
  readonly sealedUpTo: bigint;
  /** Number of the last seal that the trusted key vouches for, directly or through the keys it endorsed. */
  readonly vouchedUpTo: number;
  /** Events of accounts that the journal has not booked yet. */
  readonly notBooked: number;
  readonly seconds: number;
  readonly findingsCount: number;
  /** A hundred of them; those about one event first, in store order. */
  readonly findings: readonly Finding[];
}

/** Events checked in one go, while nothing else in the process can. */
const PAGE = 500;

/** Chunks of leaves that one query brings: 32 KiB each. */
const CHUNKS_AT_ONCE = 8;

const CHECKPOINT = `select coalesce(max(position), 0) as position from read_models.checkpoints where consumer = 'journal'`;

/** One pass over the store beside one snapshot of the journal. */
class Verification {
  readonly findings = new Findings();
  readonly meter: ProgressMeter;
  notBooked = 0;
  private readonly leaves: SealedLeaves;
  private chunks: LeafChunk[] = [];
  private comparing: Promise<void> = Promise.resolve();

  constructor(
    private readonly client: Client,
    /** For leaves, which nobody changes: the other one is busy with entries. */
    leavesClient: Client,
    private readonly options: VerifyLedgerOptions,
  ) {
    this.meter = new ProgressMeter(options.onProgress);
    this.leaves = new SealedLeaves(sqlTransaction(leavesClient));
  }

  async run(): Promise<LedgerVerification> {
    const { client, findings, options } = this;
    await client.query('begin isolation level repeatable read read only');
    const sql = sqlTransaction(client);
    const books = await BooksComparison.load(sql, findings);
    const snapshots = await SnapshotsComparison.load(sql, findings);
    const line = await LineComparison.load(sql, findings);
    const [checkpoint] = await sql.query<{ position: string }>(CHECKPOINT);
    await client.query(PREPARE_AUDIT);
    const upTo = await options.eventStore.head();
    this.meter.head = upTo;
    const seals = sealsOf(await this.sealEvents(upTo), findings);
    const verifier = new LogVerifier({
      ...{ findings, seals, trusted: options.trusted, replay: options.replay },
      observer: this.observer(books, snapshots, line),
    });
    const isBooked = (event: StoredEvent) =>
      event.position <= BigInt(checkpoint?.position ?? 0) ||
      event.revision <= books.revisionOf(streamId(event.stream));
    const sealedUpTo = BigInt(seals.at(-1)?.upTo ?? 0);
    await this.read(verifier, { upTo, sealedUpTo }, isBooked);
    verifier.finish();
    await this.comparing;
    await this.compareChunks(sealedUpTo);
    if (options.replay ?? true) for (const comparison of [books, snapshots]) comparison.finish();
    line.finish();
    for (const anchor of options.anchors ?? []) {
      const problem = departsFrom(anchor, seals);
      if (problem !== undefined) findings.add({ position: null, where: 'anchor', problem });
    }
    this.meter.tell();
    return this.result(verifier, { upTo, sealedUpTo, seals: seals.length, snapshots });
  }

  private observer(
    books: BooksComparison,
    snapshots: SnapshotsComparison,
    line: LineComparison,
  ): LogObserver {
    return {
      chunk: (chunk) => this.chunks.push(chunk),
      seal: (event, leaf) => line.seal(event, leaf),
      entry: (event, booked, chain) => {
        books.entry(event, booked, chain);
        snapshots.entry(event, booked, chain);
      },
    };
  }

  private async read(
    verifier: LogVerifier,
    { upTo, sealedUpTo }: { readonly upTo: bigint; readonly sealedUpTo: bigint },
    isBooked: (event: StoredEvent) => boolean,
  ): Promise<void> {
    const { client, findings, options } = this;
    const { pace = unpaced } = options;
    const entries = new StoredEntryReader(client, 0n, upTo);
    const events = storedEventReader(options.eventStore).readStored({
      after: 0n,
      upTo,
      pageSize: PAGE,
    });
    for await (const page of logRecords(events, entries, upTo, findings)) {
      await pace.turn(async () => {
        for (const record of page) this.take(verifier, record, isBooked);
      });
      if (this.chunks.length >= CHUNKS_AT_ONCE) {
        await this.comparing;
        this.comparing = this.compareChunks(sealedUpTo);
        // Awaited before the next ones are compared: until then a failure has to wait as well.
        this.comparing.catch(() => undefined);
      }
      this.meter.read(page.length, page.at(-1)?.event.position ?? this.meter.position);
    }
  }

  private take(
    verifier: LogVerifier,
    { event, entry }: LogRecord,
    isBooked: (event: StoredEvent) => boolean,
  ): void {
    if (entry === undefined && streamCategory(event.stream) === tokenAccount.category) {
      if (isBooked(event)) {
        const { position, stream: where } = event;
        this.findings.add({ position, where, problem: 'has no entry in the journal' });
      } else {
        this.notBooked += 1;
      }
    }
    verifier.take(event, entry);
  }

  private async compareChunks(sealedUpTo: bigint): Promise<void> {
    const chunks = this.chunks.filter(({ after }) => after < sealedUpTo);
    this.chunks = [];
    await this.leaves.compare(chunks, this.findings);
  }

  private async sealEvents(upTo: bigint): Promise<readonly StoredEvent[]> {
    const events: StoredEvent[] = [];
    const stream = streamName(ledgerSeal.category, LEDGER_SEAL_ID);
    for await (const page of this.options.eventStore.readStream(stream)) {
      events.push(...page.filter(({ position }) => position <= upTo).map(storedEvent));
    }
    return events;
  }

  private result(
    verifier: LogVerifier,
    counted: { upTo: bigint; sealedUpTo: bigint; seals: number; snapshots: SnapshotsComparison },
  ): LedgerVerification {
    const { events, entries, accounts, line } = verifier;
    const { findings, notBooked, meter } = this;
    return {
      ...{ events, entries, accounts: accounts.size, snapshots: counted.snapshots.compared },
      ...{ upTo: counted.upTo, seals: counted.seals, sealedUpTo: counted.sealedUpTo },
      ...{ vouchedUpTo: line.vouchedUpTo, notBooked, seconds: meter.seconds },
      ...{ findingsCount: findings.count, findings: findings.list },
    };
  }
}

/**
 * Checks chains, entries, zero sums, seals, leaves, snapshots, and that the journal is what the events give.
 * A running program may go on: the journal is looked at as of one moment, events that come later are left.
 */
export async function verifyLedger(options: VerifyLedgerOptions): Promise<LedgerVerification> {
  const { connectionString } = options;
  const clients = [1, 2].map(
    () => new Client({ connectionString, application_name: 'imprest ledger verification' }),
  ) as [Client, Client];
  try {
    for (const client of clients) {
      client.on('error', () => undefined);
      await client.connect();
    }
    return await new Verification(...clients, options).run();
  } finally {
    await Promise.all(clients.map((client) => client.end().catch(() => undefined)));
  }
}
