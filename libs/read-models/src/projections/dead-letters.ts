import { type RecordedEvent, streamId, toDomainEvent } from '@imprest/event-catalogue';
import { DeadLetterRow } from '../entities/index.js';
import { happenedAt } from './stream-order.js';
import { tableProjector } from './table-projector.js';

const TYPES: ReadonlySet<string> = new Set(['JobDeadLettered', 'JobRedriven']);

function apply(row: DeadLetterRow | undefined, recorded: RecordedEvent): DeadLetterRow | undefined {
  const event = toDomainEvent(recorded);
  if (event.type === 'JobRedriven' && row !== undefined) {
    return { ...row, redrivenAs: event.data.generationId };
  }
  if (event.type !== 'JobDeadLettered' || row !== undefined) return row;
  const { failureClass, message, attempts } = event.data;
  return {
    ...{ id: streamId(recorded.stream), failureClass, message, attempts },
    deadLetteredAt: happenedAt(recorded),
    redrivenAs: null,
  };
}

/** Work that has failed for good, and what it was done again as. */
export const deadLettersProjector = tableProjector({
  name: 'dead-letters',
  categories: ['job'],
  minimumIntervalMs: 100,
  rows: { deadLetters: DeadLetterRow },
  async project(events, sql, { deadLetters }) {
    const facts = events.filter(({ type }) => TYPES.has(type));
    if (facts.length === 0) return;
    const ids = [...new Set(facts.map(({ stream }) => streamId(stream)))];
    const known = await deadLetters.load(
      sql,
      ids.map((id) => ({ id })),
    );
    const rows = new Map(known.map((row) => [row.id, row]));
    for (const recorded of facts) {
      const id = streamId(recorded.stream);
      const row = apply(rows.get(id), recorded);
      if (row !== undefined) rows.set(id, row);
    }
    await deadLetters.upsert(sql, [...rows.values()]);
  },
});
