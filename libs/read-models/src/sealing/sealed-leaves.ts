import type { SqlTransaction } from '@imprest/application';
import {
  auditPath,
  type Findings,
  HASH_BYTES,
  type Hash,
  LEAVES_PER_CHUNK,
  type LeafChunk,
} from '@imprest/ledger-seal';

const SAVE = `
  insert into ledger_seal.leaves (after, chunk, first_position, leaves, root)
  values ($1, $2, $3, $4, $5)
  on conflict (after, chunk) do update set first_position = excluded.first_position,
    leaves = excluded.leaves, root = excluded.root`;
const LOAD = `
  select asked.ordinal, first_position, leaves, root
  from unnest($1::bigint[], $2::int[]) with ordinality as asked (after, chunk, ordinal)
  join ledger_seal.leaves using (after, chunk)`;
const CHUNK_OF = `
  select chunk, leaves from ledger_seal.leaves where after = $1 and first_position <= $2
  order by chunk desc limit 1`;
const ROOTS = 'select root from ledger_seal.leaves where after = $1 and chunk < $2 order by chunk';

interface LeavesRow {
  readonly first_position: string;
  readonly leaves: Buffer;
  readonly root: Buffer;
}

export interface UnderSeal {
  /** Position of the last event under the seal before. */
  readonly after: bigint;
  readonly events: number;
}

/** The leaves under each seal, in store order. They can be made again from the events, at the cost of reading them. */
export class SealedLeaves {
  constructor(private readonly sql: SqlTransaction) {}

  async save({ after, index, leaves, root, positions }: LeafChunk): Promise<void> {
    await this.sql.query(SAVE, [after, index, positions[0], leaves, root]);
  }

  /** Names the first event of each chunk that has another leaf than it was sealed with. */
  async compare(chunks: readonly LeafChunk[], findings: Findings): Promise<void> {
    if (chunks.length === 0) return;
    const rows = await this.sql.query<LeavesRow & { ordinal: string }>(LOAD, [
      chunks.map(({ after }) => after),
      chunks.map(({ index }) => index),
    ]);
    const rowOf = new Map(rows.map((row) => [Number(row.ordinal) - 1, row]));
    for (const [at, chunk] of chunks.entries()) compareChunk(chunk, rowOf.get(at), findings);
  }

  /** Where a leaf is under a seal, and its way to the root; undefined when it is not there. */
  async pathTo(
    leaf: Hash,
    position: bigint,
    { after, events }: UnderSeal,
  ): Promise<{ readonly index: number; readonly path: readonly Hash[] } | undefined> {
    const [row] = await this.sql.query<LeavesRow & { chunk: number }>(CHUNK_OF, [after, position]);
    if (row === undefined) return undefined;
    const leaves = hashesOf(row.leaves);
    const at = leaves.findIndex((each) => each.equals(leaf));
    if (at < 0) return undefined;
    const chunks = Math.ceil(events / LEAVES_PER_CHUNK);
    const roots = await this.sql.query<{ root: Buffer }>(ROOTS, [after, chunks]);
    const above = auditPath(
      row.chunk,
      roots.map(({ root }) => root),
    );
    const index = row.chunk * LEAVES_PER_CHUNK + at;
    return { index, path: [...auditPath(at, leaves), ...above] };
  }
}

/** @param row what was kept of the chunk; undefined when nothing was. */
function compareChunk(chunk: LeafChunk, row: LeavesRow | undefined, findings: Findings): void {
  const { after, index, leaves, positions, root } = chunk;
  const where = `leaves under the seal that begins after ${after}`;
  if (row === undefined || !leaves.equals(row.leaves)) {
    const sealed = row === undefined ? [] : hashesOf(row.leaves);
    const { position, problem } = firstDifference(chunk, sealed);
    if (!findings.names(position)) findings.add({ position, where, problem });
    return;
  }
  const say = (problem: string) => findings.add({ position: null, where, problem });
  if (String(positions[0]) !== row.first_position) {
    say(`chunk ${index} begins at ${row.first_position} instead of ${positions[0]}`);
  }
  if (!row.root.equals(root)) say(`chunk ${index} has another root than its leaves`);
}

function firstDifference({ leaves, positions }: LeafChunk, sealed: readonly Hash[]) {
  for (const [index, leaf] of hashesOf(leaves).entries()) {
    const other = sealed[index];
    if (other?.equals(leaf)) continue;
    const problem = other === undefined ? 'has no leaf' : 'is not what was sealed';
    return { position: positions[index] as bigint, problem };
  }
  const missing = sealed.length - positions.length;
  const problem = `${missing} events were sealed right after it that are not there`;
  return { position: positions.at(-1) as bigint, problem };
}

function hashesOf(bytes: Buffer): Hash[] {
  return Array.from({ length: bytes.length / HASH_BYTES }, (_, index) =>
    bytes.subarray(index * HASH_BYTES, (index + 1) * HASH_BYTES),
  );
}
