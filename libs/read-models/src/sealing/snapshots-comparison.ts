import { type SqlTransaction, tokenAccountStream } from '@imprest/application';
import type { TokenAccountState } from '@imprest/domain';
import { type StoredEvent, streamId } from '@imprest/event-catalogue';
import type { AccountChain, BookedEntry, Findings, LogObserver } from '@imprest/ledger-seal';

const LOAD = `
  select stream, revision, state_version, state::text, prefix_hash from read_models.snapshots
  where stream like 'tokenAccount-%'`;

interface SnapshotRow {
  readonly stream: string;
  readonly revision: number;
  readonly state_version: number;
  readonly state: string;
  readonly prefix_hash: Buffer | null;
}

const { decider, snapshots } = tokenAccountStream;

/** Snapshots of token accounts beside what the events before them fold to, and what they say they replace. */
export class SnapshotsComparison implements LogObserver {
  private readonly folding = new Map<string, { row: SnapshotRow; state: TokenAccountState }>();
  compared = 0;

  private constructor(private readonly findings: Findings) {}

  static async load(sql: SqlTransaction, findings: Findings): Promise<SnapshotsComparison> {
    const comparison = new SnapshotsComparison(findings);
    for (const row of await sql.query<SnapshotRow>(LOAD)) {
      const folding = { row, state: decider.initialState() };
      // A snapshot of another form is passed over by every reader.
      if (row.state_version === snapshots?.stateVersion) {
        comparison.folding.set(streamId(row.stream), folding);
      }
    }
    return comparison;
  }

  entry(event: StoredEvent, { anew }: BookedEntry, chain: AccountChain): void {
    const folding = this.folding.get(chain.tenantId);
    if (folding === undefined) return;
    if (anew === undefined) {
      this.folding.delete(chain.tenantId);
      return;
    }
    folding.state = decider.evolve(folding.state, anew.fact);
    if (event.revision < folding.row.revision) return;
    this.folding.delete(chain.tenantId);
    this.compare(folding.row, folding.state, event, chain);
  }

  finish(): void {
    for (const { row } of this.folding.values()) {
      const problem = `snapshot at revision ${row.revision} is beyond the last event`;
      this.findings.add({ position: null, where: row.stream, problem });
    }
  }

  private compare(
    row: SnapshotRow,
    state: TokenAccountState,
    { position, stream }: StoredEvent,
    { head }: AccountChain,
  ): void {
    this.compared += 1;
    const say = (problem: string) => this.findings.add({ position, where: stream, problem });
    if (row.prefix_hash !== null && !row.prefix_hash.equals(head)) {
      say(`snapshot at revision ${row.revision} names another prefix than the one it replaces`);
    }
    if (JSON.stringify(snapshots?.toJson(state)) !== row.state) {
      say(`snapshot at revision ${row.revision} is not what the events before it fold to`);
    }
  }
}
