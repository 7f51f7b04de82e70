import type { AnswerOf } from './answers.ts';

type Answer = AnswerOf<'/admin/v1/projections/{projection}/rebuild'>;
/** A comparison of live and rebuilt tables; it tells nothing on its way. */
export type Comparison = Pick<
  NonNullable<Answer['diff']>,
  'state' | 'startedBy' | 'startedAt' | 'result' | 'error'
>;
export type RebuildState = Pick<Answer, 'projection' | 'beside' | 'rebuild'> & {
  readonly diff: Comparison | null;
};
export type Rebuild = NonNullable<RebuildState['rebuild']>;
export type Difference = NonNullable<Comparison['result']>;

export type RebuildAction = 'rebuild' | 'goOn' | 'compare' | 'switch' | 'rollBack' | 'drop';

/** What can be done now: by the tables beside the live ones, and whether something is at work on them. */
export function possibleActions({
  beside,
  rebuild,
}: {
  readonly beside: { readonly phase: 'filling' | 'ready' | 'replaced' } | null;
  readonly rebuild: { readonly state: Rebuild['state'] } | null;
}): RebuildAction[] {
  if (beside === null) return rebuild?.state === 'running' ? [] : ['rebuild'];
  if (beside.phase === 'ready') return ['compare', 'switch', 'drop'];
  if (beside.phase === 'replaced') return ['rollBack', 'drop'];
  return rebuild?.state === 'running' ? ['drop'] : ['goOn', 'drop'];
}

/** How much of the store was read, in whole percent, rounded down. */
export function percentRead({ position, head }: { position: string; head: string }): number {
  const all = BigInt(head);
  if (all <= 0n) return 100;
  const percent = (BigInt(position) * 100n) / all;
  return Number(percent > 100n ? 100n : percent);
}

/** Rows that differ in all tables together. */
export function countDifferences({ tables }: Pick<Difference, 'tables'>): number {
  return tables.reduce(
    (sum, { counts }) => sum + counts.onlyLive + counts.onlyStandby + counts.differs,
    0,
  );
}

const KINDS = {
  onlyLive: 'only in the live table',
  onlyStandby: 'only in the rebuilt table',
  differs: 'differs',
} as const;

/** A row that differs, in words: `id=req_1 differs in status, tokens`. */
export function describeRow(row: {
  readonly kind: keyof typeof KINDS;
  readonly key: Readonly<Record<string, unknown>>;
  readonly columns: readonly string[];
}): string {
  const key = Object.entries(row.key)
    .map(([column, value]) => `${column}=${String(value)}`)
    .join(', ');
  const columns = row.columns.length === 0 ? '' : ` in ${row.columns.join(', ')}`;
  return `${key} ${KINDS[row.kind]}${columns}`;
}
