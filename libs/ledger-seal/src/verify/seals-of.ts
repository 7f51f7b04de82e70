import { type LedgerSealed, ledgerSeal } from '@imprest/domain';
import { type StoredEvent, storedDomainEvent, streamCategory } from '@imprest/event-catalogue';
import type { Findings } from './findings.js';

const POSITION = /^(0|[1-9][0-9]{0,18})$/;

/** The seals among some events, in order. One that cannot be read is a finding. */
export function sealsOf(
  events: Iterable<StoredEvent>,
  findings: Findings,
): readonly LedgerSealed['data'][] {
  const seals: LedgerSealed['data'][] = [];
  for (const event of events) {
    if (streamCategory(event.stream) !== ledgerSeal.category || event.type !== 'LedgerSealed') {
      continue;
    }
    try {
      const { data } = storedDomainEvent(event) as LedgerSealed;
      if (!POSITION.test(data.upTo)) throw new Error(`upTo is ${data.upTo}`);
      seals.push(data);
    } catch (error) {
      const problem = `cannot be read: ${error instanceof Error ? error.message : error}`;
      findings.add({ position: event.position, where: event.stream, problem });
    }
  }
  return seals;
}
