import { type GenerationEvent, sumOfAllocations, type TokenAccountEvent } from '@imprest/domain';
import { type RecordedEvent, streamId, toDomainEvent } from '@imprest/event-catalogue';
import { ReconciliationRow } from '../entities/index.js';
import { tableProjector } from './table-projector.js';

const types = [
  'GenerationRequested',
  'GenerationSucceeded',
  'GenerationFailed',
  'GenerationCancelled',
  'TokensHeld',
  'HoldSettled',
  'HoldReleased',
] as const;
const TYPES: ReadonlySet<string> = new Set(types);

type Reconciled = Extract<GenerationEvent | TokenAccountEvent, { type: (typeof types)[number] }>;

function apply(row: ReconciliationRow, event: Reconciled, recorded: RecordedEvent): void {
  if (recorded.recordedAt > row.changedAt) row.changedAt = recorded.recordedAt;
  if ('generationId' in event.data) row.tenantId = streamId(recorded.stream);
  switch (event.type) {
    case 'GenerationRequested':
      row.requested = true;
      row.tenantId = event.data.tenantId;
      break;
    case 'GenerationSucceeded':
    case 'GenerationFailed':
    case 'GenerationCancelled':
      row.outcomes += 1;
      row.charged = event.data.charged;
      row.refunded = event.data.refunded;
      break;
    case 'TokensHeld':
      row.holds += 1;
      row.held += event.data.tokens;
      break;
    case 'HoldSettled':
      row.closes += 1;
      row.captured += sumOfAllocations(event.data.captured);
      break;
    case 'HoldReleased':
      row.closes += 1;
      break;
  }
}

/** One request, one hold, one outcome, one settle or release, and the amounts of all four the same. */
function agrees(row: ReconciliationRow): boolean {
  const { requested, holds, outcomes, closes, charged, refunded, held, captured } = row;
  if (!requested || holds !== 1 || outcomes !== 1 || closes !== 1) return false;
  return charged === captured && refunded !== null && charged + refunded === held;
}

function unknown(generationId: string, changedAt: Date): ReconciliationRow {
  const outcome = { outcomes: 0, charged: null, refunded: null };
  const money = { holds: 0, held: 0n, closes: 0, captured: 0n };
  return { generationId, tenantId: null, requested: false, ...outcome, ...money, changedAt };
}

/**
 * Joins each generation's outcome with its money and forgets it once they agree. What is left is what
 * is open, and what is wrong; both are small, however many generations there have been.
 */
export const reconciliationProjector = tableProjector({
  name: 'reconciliation',
  categories: ['generation', 'tokenAccount'],
  minimumIntervalMs: 100,
  rows: { reconciliation: ReconciliationRow },
  async project(events, sql, { reconciliation }) {
    const facts = events
      .filter(({ type }) => TYPES.has(type))
      .map((recorded) => {
        const event = toDomainEvent(recorded) as Reconciled;
        const { data } = event;
        const generationId = 'generationId' in data ? data.generationId : streamId(recorded.stream);
        return { recorded, event, generationId };
      });
    const ids = [...new Set(facts.map(({ generationId }) => generationId))];
    const keys = ids.map((generationId) => ({ generationId }));
    const known = await reconciliation.load(sql, keys);
    const rows = new Map(known.map((row) => [row.generationId, row]));
    for (const { recorded, event, generationId } of facts) {
      const row = rows.get(generationId) ?? unknown(generationId, recorded.recordedAt);
      apply(row, event, recorded);
      rows.set(generationId, row);
    }
    const settled = known.filter(agrees).map(({ generationId }) => ({ generationId }));
    await reconciliation.delete(sql, settled);
    await reconciliation.upsert(
      sql,
      [...rows.values()].filter((row) => !agrees(row)),
    );
  },
});
