import type { SqlTransaction } from '@imprest/application';
import { type Findings, type Hash, type LeafChunk } from '@imprest/ledger-seal';

const HASH_BYTES = 32;
const SAVE = `
  insert into ledger_seal.leaves (after, chunk, first_position, leaves) values ($1, $2, $3, $4)
  on conflict (after, chunk) do update
    set first_position = excluded.first_position, leaves = excluded.leaves`;
const LOAD =
  'select first_position, leaves from ledger_seal.leaves where after = $1 and chunk = $2';
const LOAD_ALL = 'select chunk, leaves from ledger_seal.leaves where after = $1 order by chunk';

interface LeavesRow {
  readonly first_position: string;
  readonly leaves: Buffer;
}

/** The leaves under each seal, in store order. They can be made again from the events, at the cost of reading them. */
export class SealedLeaves {
  constructor(private readonly sql: SqlTransaction) {}

  async save({ after, index, leaves, positions }: LeafChunk): Promise<void> {
    await this.sql.query(SAVE, [after, index, positions[0], Buffer.concat(leaves)]);
  }

  /** Names the first event of a chunk that has another leaf than it was sealed with. */
  async compare(chunk: LeafChunk, findings: Findings): Promise<void> {
    const [row] = await this.sql.query<LeavesRow>(LOAD, [chunk.after, chunk.index]);
    const stored = row === undefined ? [] : hashesOf(row.leaves);
    const where = `leaves under the seal that begins after ${chunk.after}`;
    for (const [index, leaf] of chunk.leaves.entries()) {
      const position = chunk.positions[index] as bigint;
      const sealed = stored[index];
      if (sealed?.equals(leaf)) continue;
      const problem = sealed === undefined ? 'has no leaf' : 'is not what was sealed';
      if (!findings.names(position)) findings.add({ position, where, problem });
      return;
    }
    const [first] = chunk.positions;
    if (String(first) !== row?.first_position) {
      const problem = `chunk ${chunk.index} begins at ${row?.first_position} instead of ${first}`;
      findings.add({ position: null, where, problem });
    }
    if (stored.length > chunk.leaves.length) {
      const missing = stored.length - chunk.leaves.length;
      const problem = `${missing} events were sealed right after it that are not there`;
      findings.add({ position: chunk.positions.at(-1) ?? null, where, problem });
    }
  }

  /** All leaves under the seal that begins after a position. */
  async under(after: bigint): Promise<readonly Hash[]> {
    const rows = await this.sql.query<{ leaves: Buffer }>(LOAD_ALL, [after]);
    return rows.flatMap(({ leaves }) => hashesOf(leaves));
  }
}

function hashesOf(bytes: Buffer): Hash[] {
  return Array.from({ length: bytes.length / HASH_BYTES }, (_, index) =>
    bytes.subarray(index * HASH_BYTES, (index + 1) * HASH_BYTES),
  );
}
