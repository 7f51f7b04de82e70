import { type EventStore, webhookMessageId } from '@imprest/application';
import { recordedEvent, storedEvent, streamName } from '@imprest/event-catalogue';
import { CHAIN_START, type ProofRecord } from '@imprest/ledger-seal';
import type { DataSource } from 'typeorm';
import { LedgerEntryRow } from '../entities/index.js';
import { journalEntryOf } from '../ledger/rows.js';

/** A record before anyone has looked for it under a seal. */
export type UnsealedRecord = Omit<ProofRecord, 'inclusion'>;

type ReadStream = Pick<EventStore, 'readStream'>;

/** All events of the generation, of its job and of the message about its end. */
export async function recordsOfStreams(
  store: ReadStream,
  generationId: string,
): Promise<readonly UnsealedRecord[]> {
  const streams = [
    streamName('generation', generationId),
    streamName('job', generationId),
    streamName('webhookMessage', webhookMessageId(generationId)),
  ];
  const records: UnsealedRecord[] = [];
  for (const stream of streams) {
    for await (const page of store.readStream(stream)) {
      for (const event of page.map(storedEvent)) {
        records.push({ event, entry: null, previous: null });
      }
    }
  }
  return records;
}

const ORIGINS = `
  select entry.position from ledger.entries as entry
  join ledger.lots as lot on lot.tenant_id = entry.tenant_id and lot.received_at = entry.happened_at
    and lot.lot_id = entry.lots[1]
  where entry.tenant_id = $1 and lot.lot_id = any($2)
    and entry.type in ('TokensPurchased', 'TokensGranted')`;
const PREVIOUS = 'select leaf from ledger.entries where tenant_id = $1 and revision = $2';

/** Entries about the generation, and those with which the lots it drew from came in. */
export async function recordsOfAccount(
  dataSource: DataSource,
  store: ReadStream,
  generationId: string,
): Promise<readonly UnsealedRecord[]> {
  const entries = dataSource.getRepository(LedgerEntryRow);
  const own = await entries.find({ where: { generationId }, order: { position: 'ASC' } });
  const tenantId = own[0]?.tenantId;
  if (tenantId === undefined) return [];
  const lotIds = [...new Set(own.flatMap(({ lots }) => lots))];
  const origins = await dataSource.query<{ position: string }[]>(ORIGINS, [tenantId, lotIds]);
  const received = await Promise.all(
    origins.map(({ position }) => entries.findOneByOrFail({ position: BigInt(position) })),
  );
  const records: UnsealedRecord[] = [];
  for (const row of [...received, ...own]) records.push(await recordOf(dataSource, store, row));
  return records;
}

async function recordOf(
  dataSource: DataSource,
  store: ReadStream,
  row: LedgerEntryRow,
): Promise<UnsealedRecord> {
  const { tenantId, revision } = row;
  const before =
    revision === 0
      ? [{ leaf: CHAIN_START }]
      : await dataSource.query<{ leaf: Buffer }[]>(PREVIOUS, [tenantId, revision - 1]);
  const stream = streamName('tokenAccount', tenantId);
  for await (const [event] of store.readStream(stream, { fromRevision: revision, maxCount: 1 })) {
    if (event === undefined || before[0] === undefined) break;
    return {
      ...{ event: storedEvent(event), entry: journalEntryOf(row) },
      ...{ previous: before[0].leaf },
    };
  }
  throw new Error(`revision ${revision} of ${stream} is not in the event store`);
}

/** The tenant of whoever asked, from the first event of the generation. */
export function tenantOf(records: readonly UnsealedRecord[]): string | undefined {
  const request = records.find(({ event }) => event.type === 'GenerationRequested');
  return request && (recordedEvent(request.event).data.tenantId as string);
}
