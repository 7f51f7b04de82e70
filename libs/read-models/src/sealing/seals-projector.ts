import type { LedgerSealEvent } from '@imprest/domain';
import { type RecordedEvent, storedEvent, toDomainEvent } from '@imprest/event-catalogue';
import { eventLeaf } from '@imprest/ledger-seal';
import { LedgerSealRow } from '../entities/index.js';
import { isNext } from '../projections/stream-order.js';
import { tableProjector } from '../projections/table-projector.js';

const LAST = 'select coalesce(max(revision), -1) as revision from ';

export function sealRow(recorded: RecordedEvent): LedgerSealRow {
  const { type, data } = toDomainEvent(recorded) as LedgerSealEvent;
  const isSeal = type === 'LedgerSealed';
  return {
    revision: recorded.revision,
    position: recorded.position,
    type,
    number: isSeal ? data.number : null,
    upTo: isSeal ? BigInt(data.upTo) : null,
    knownAt: recorded.recordedAt,
    leaf: eventLeaf(storedEvent(recorded)),
    data: recorded.data,
  };
}

/** Seals and keys, to be found by number and by what they cover. */
export const sealsProjector = tableProjector({
  name: 'ledger-seals',
  categories: ['ledgerSeal'],
  minimumIntervalMs: 20,
  rows: { line: LedgerSealRow },
  async project(events, sql, { line }) {
    const [last] = await sql.query<{ revision: number }>(`${LAST}${line.name}`);
    let revision = last?.revision ?? -1;
    const rows: LedgerSealRow[] = [];
    for (const event of events) {
      if (!isNext(event, revision)) continue;
      revision = event.revision;
      rows.push(sealRow(event));
    }
    await line.insert(sql, rows);
  },
});
