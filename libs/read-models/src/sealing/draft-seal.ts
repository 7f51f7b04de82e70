import { type EventStore, type Pace, storedEventReader } from '@imprest/application';
import { type Seal, tokenAccount } from '@imprest/domain';
import { streamCategory } from '@imprest/event-catalogue';
import {
  type Finding,
  Findings,
  type LeafChunk,
  LogVerifier,
  SEAL_FORMAT,
} from '@imprest/ledger-seal';
import type { Client } from 'pg';
import { sqlTransaction } from '../sql/sql-transaction.js';
import { chainHeads } from './chain-heads.js';
import { type LogRecord, logRecords } from './log-records.js';
import { SealedLeaves } from './sealed-leaves.js';
import { PREPARE_AUDIT, StoredEntryReader } from './stored-entry-reader.js';

/** Events checked in one go, while nothing else in the process can. */
const PAGE = 250;

/** What would be sealed is not what was written: it needs a look, not a signature. */
export class LedgerNotIntact extends Error {
  override readonly name = 'LedgerNotIntact';
  constructor(readonly findings: readonly Finding[]) {
    const [first] = findings;
    super(`the ledger is not sealed: ${first?.where} at ${first?.position}: ${first?.problem}`);
  }
}

export class JournalBehind extends Error {
  override readonly name = 'JournalBehind';
  constructor(stream: string, revision: number) {
    super(`the journal has not booked revision ${revision} of ${stream} yet: seal again later`);
  }
}

export type SealDraft = Pick<
  Seal,
  'format' | 'after' | 'upTo' | 'events' | 'root' | 'accounts' | 'accountsRoot' | 'knownBefore'
>;

export interface DraftOptions {
  readonly eventStore: Pick<EventStore, 'readAll' | 'head'>;
  /** Sees the journal as of one moment. */
  readonly reader: Client;
  /** Takes the leaves. */
  readonly writer: Client;
  /** Position of the last event sealed. */
  readonly after: bigint;
  /** Lets whoever else works in this process go first. */
  readonly pace: Pace;
  /** Events known from then on are left for the next seal; all that the journal has are covered when absent. */
  readonly knownBefore: Date | undefined;
}

/**
 * Goes through what no seal covers yet, checks it against the chains, keeps its leaves and says what a seal
 * over it says; undefined when there is nothing.
 * @throws LedgerNotIntact, JournalBehind
 */
export async function draftSeal(options: DraftOptions): Promise<SealDraft | undefined> {
  const { reader, writer, after, knownBefore, pace } = options;
  const findings = new Findings();
  const chunks: LeafChunk[] = [];
  const observer = { chunk: (chunk: LeafChunk) => void chunks.push(chunk) };
  const verifier = new LogVerifier({ findings, seals: [], observer, after });
  for (const head of await chainHeads(sqlTransaction(reader), after))
    verifier.accounts.resume(head);
  await reader.query(PREPARE_AUDIT);
  const leaves = new SealedLeaves(sqlTransaction(writer));
  const saveLeaves = async () => {
    for (const chunk of chunks.splice(0)) await leaves.save(chunk);
  };
  let lastKnownAt: Date | undefined;
  for await (const page of recordsOf(options, findings)) {
    const covered = page.slice(0, coveredOf(page, knownBefore));
    await pace.turn(async () => {
      for (const { event, entry } of covered) verifier.take(event, entry);
    });
    lastKnownAt = covered.at(-1)?.event.recordedAt ?? lastKnownAt;
    await saveLeaves();
    if (covered.length < page.length) break;
  }
  const { size, root } = verifier.closeOpenTree();
  await saveLeaves();
  if (findings.count > 0) throw new LedgerNotIntact(findings.list);
  if (lastKnownAt === undefined) return undefined;
  return {
    ...{ format: SEAL_FORMAT, after: after.toString(), upTo: verifier.position.toString() },
    ...{ events: size, root: root.toString('hex') },
    accounts: verifier.accounts.size,
    accountsRoot: verifier.accounts.root().toString('hex'),
    knownBefore: (knownBefore ?? lastKnownAt).toISOString(),
  };
}

/** How many records come before the first that is left for the next seal. */
function coveredOf(page: readonly LogRecord[], knownBefore: Date | undefined): number {
  for (const [index, { event, entry }] of page.entries()) {
    if (knownBefore !== undefined && event.recordedAt >= knownBefore) return index;
    if (entry === undefined && streamCategory(event.stream) === tokenAccount.category) {
      if (knownBefore === undefined) return index;
      throw new JournalBehind(event.stream, event.revision);
    }
  }
  return page.length;
}

async function* recordsOf(
  { eventStore, reader, after }: DraftOptions,
  findings: Findings,
): AsyncGenerator<readonly LogRecord[]> {
  const upTo = await eventStore.head();
  const entries = new StoredEntryReader(reader, after, upTo);
  const events = storedEventReader(eventStore).readStored({ after, upTo, pageSize: PAGE });
  yield* logRecords(events, entries, upTo, findings);
}
