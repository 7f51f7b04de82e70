import type { SqlTransaction } from '@imprest/application';
import { recordedEvent, type StoredEvent } from '@imprest/event-catalogue';
import type { Findings, Hash, LogObserver } from '@imprest/ledger-seal';
import { LedgerSealRow } from '../entities/index.js';
import { tablesOf } from '../projections/table-projector.js';
import { sealRow } from './seals-projector.js';

/** The read model of seals beside their stream. What it keeps of the last seal nothing else vouches for yet. */
export class LineComparison implements LogObserver {
  private readonly rows: Map<number, LedgerSealRow>;

  private constructor(
    rows: readonly LedgerSealRow[],
    private readonly findings: Findings,
  ) {
    this.rows = new Map(rows.map((row) => [row.revision, row]));
  }

  static async load(sql: SqlTransaction, findings: Findings): Promise<LineComparison> {
    const { line } = tablesOf({ line: LedgerSealRow });
    return new LineComparison(await line.loadAll(sql), findings);
  }

  seal(event: StoredEvent, leaf: Hash): void {
    const row = this.rows.get(event.revision);
    if (row === undefined) return;
    this.rows.delete(event.revision);
    const { position, stream } = event;
    if (this.findings.names(position)) return;
    const problem = !row.leaf.equals(leaf)
      ? 'is not what it was when it was first read'
      : this.differs(row, event)
        ? 'differs from what is kept of it to be looked up'
        : undefined;
    if (problem !== undefined) this.findings.add({ position, where: stream, problem });
  }

  finish(): void {
    for (const { position, revision } of this.rows.values()) {
      const problem = `revision ${revision} is kept to be looked up, but the stream has it no more`;
      this.findings.add({ position, where: 'ledgerSeal-log', problem });
    }
  }

  private differs(row: LedgerSealRow, event: StoredEvent): boolean {
    const expected = sealRow(recordedEvent(event));
    const words = (of: LedgerSealRow) =>
      JSON.stringify([of.position, of.type, of.number, of.upTo, of.knownAt, of.data], (_, value) =>
        typeof value === 'bigint' ? value.toString() : value,
      );
    return words(row) !== words(expected);
  }
}
