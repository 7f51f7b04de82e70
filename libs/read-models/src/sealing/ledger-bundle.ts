import { type EventStore, storedEventReader } from '@imprest/application';
import { ledgerSeal, tokenAccount } from '@imprest/domain';
import { streamCategory, streamId } from '@imprest/event-catalogue';
import { type BundleLine, bundleLine, eventLeaf, Findings } from '@imprest/ledger-seal';
import { Client } from 'pg';
import { LedgerNotIntact } from './draft-seal.js';
import { type LogRecord, logRecords } from './log-records.js';
import { PREPARE_AUDIT, StoredEntryReader } from './stored-entry-reader.js';

export interface LedgerBundleOptions {
  readonly eventStore: Pick<EventStore, 'readAll' | 'head'>;
  readonly connectionString: string;
  /** Whose account is told in full; of all others only the leaves are. All accounts when absent. */
  readonly tenantId?: string;
}

/**
 * The log for an auditor, line by line: accounts with their entries and the line of seals in full, the leaves
 * of everything else. It ends where the journal does.
 * @throws LedgerNotIntact when entries and events do not go together
 */
export async function* ledgerBundle(options: LedgerBundleOptions): AsyncGenerator<string> {
  const { eventStore, connectionString, tenantId } = options;
  const client = new Client({ connectionString, application_name: 'imprest ledger bundle' });
  client.on('error', () => undefined);
  await client.connect();
  try {
    await client.query('begin isolation level repeatable read read only');
    const upTo = await eventStore.head();
    await client.query(PREPARE_AUDIT);
    const entries = new StoredEntryReader(client, 0n, upTo);
    const findings = new Findings();
    yield bundleLine({ kind: 'begin' });
    const told = { events: 0n, upTo: 0n };
    const sealedUpTo = await lastSealed(client);
    const events = storedEventReader(eventStore).readStored({ after: 0n, upTo });
    for await (const page of logRecords(events, entries, upTo, findings)) {
      const booked = page.findIndex(isNotBooked);
      for (const record of booked < 0 ? page : page.slice(0, booked)) {
        const line = lineOf(record, tenantId);
        const { position } = record.event;
        if (line.kind === 'withheld' && position > sealedUpTo) continue;
        told.events += 1n;
        told.upTo = position;
        yield bundleLine(line);
      }
      if (booked >= 0) break;
    }
    if (findings.count > 0) throw new LedgerNotIntact(findings.list);
    yield bundleLine({ kind: 'end', ...told });
  } finally {
    await client.end();
  }
}

async function lastSealed(client: Client): Promise<bigint> {
  const { rows } = await client.query(
    'select coalesce(max(up_to), 0) as up_to from ledger_seal.line',
  );
  return BigInt(rows[0].up_to);
}

function isNotBooked({ event, entry }: LogRecord): boolean {
  return entry === undefined && streamCategory(event.stream) === tokenAccount.category;
}

function lineOf({ event, entry }: LogRecord, tenantId: string | undefined): BundleLine {
  const { position } = event;
  if (entry !== undefined) {
    return tenantId === undefined || streamId(event.stream) === tenantId
      ? { kind: 'record', event, entry }
      : { kind: 'withheld', position, leaf: entry.leaf };
  }
  const leaf = eventLeaf(event);
  return streamCategory(event.stream) === ledgerSeal.category
    ? { kind: 'event', event, leaf }
    : { kind: 'withheld', position, leaf };
}
