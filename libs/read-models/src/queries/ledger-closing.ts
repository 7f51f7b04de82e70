import { createHash } from 'node:crypto';
import {
  type ClosingBooks,
  type ClosingScope,
  type ClosingSums,
  START_OF_STORE,
} from '@imprest/application';
import { accountClass, type ClosingBalance } from '@imprest/domain';
import type { DataSource } from 'typeorm';
import { journalProjector } from '../ledger/journal-projector.js';
import { LINES } from './ledger-scope.js';

interface SumRow {
  readonly tenant_id: string;
  readonly class: string;
  readonly currency: string;
  readonly tokens: string;
  readonly minor_units: string;
}

const SCOPE = 'entry.happened_at < $1 and entry.position <= $2';
const COUNT = `select count(*) as entries from ledger.entries as entry where ${SCOPE}`;
const SUMS = `
  select entry.tenant_id, split_part(line.account, ':', 1) as class, line.currency,
    sum(line.tokens) as tokens, sum(line.minor_units) as minor_units
  from ${LINES} where ${SCOPE}
  group by 1, 2, 3 having sum(line.tokens) <> 0 or sum(line.minor_units) <> 0
  order by entry.tenant_id collate "C", split_part(line.account, ':', 1) collate "C",
    line.currency collate "C"`;
const POSITION = `select case when parked > 0 then 0 else position end as position
  from read_models.checkpoints where consumer = $1`;

/** What the books add up to at the end of a month. Reads every entry before it. */
export class ClosingQueries implements ClosingBooks {
  constructor(private readonly dataSource: DataSource) {}

  async position(): Promise<bigint> {
    const rows = await this.dataSource.query<{ position: string }[]>(POSITION, [
      journalProjector.name,
    ]);
    return rows[0] === undefined ? START_OF_STORE : BigInt(rows[0].position);
  }

  async sums({ to, upTo }: ClosingScope): Promise<ClosingSums> {
    const parameters = [to, upTo.toString()];
    return this.dataSource.transaction('REPEATABLE READ', async (manager) => {
      const [count] = await manager.query<{ entries: string }[]>(COUNT, parameters);
      const rows = await manager.query<SumRow[]>(SUMS, parameters);
      const trialBalance = addedUp(rows);
      return { entries: BigInt(count?.entries ?? 0), trialBalance, digest: digestOf(rows) };
    });
  }
}

function digestOf(rows: readonly SumRow[]): string {
  const hash = createHash('sha256');
  for (const row of rows) {
    const line = [row.tenant_id, row.class, row.currency, row.tokens, row.minor_units];
    hash.update(`${JSON.stringify(line)}\n`);
  }
  return hash.digest('hex');
}

function addedUp(rows: readonly SumRow[]): readonly ClosingBalance[] {
  const sums = new Map<string, { tokens: bigint; minorUnits: bigint; row: SumRow }>();
  for (const row of rows) {
    const key = `${row.class} ${row.currency}`;
    const sum = sums.get(key) ?? { tokens: 0n, minorUnits: 0n, row };
    sum.tokens += BigInt(row.tokens);
    sum.minorUnits += BigInt(row.minor_units);
    sums.set(key, sum);
  }
  return [...sums.entries()]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([, { row, tokens, minorUnits }]) => ({
      accountClass: accountClass(row.class),
      currency: row.currency === '' ? null : row.currency,
      tokens,
      minorUnits,
    }))
    .filter(({ tokens, minorUnits }) => tokens !== 0n || minorUnits !== 0n);
}
