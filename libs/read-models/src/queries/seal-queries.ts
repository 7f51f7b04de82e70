import type { DataSource } from 'typeorm';
import { type Page, pageOf } from './cursor.js';
import { placeIn, placeParts, type SortedPageRequest, Sorting, whole } from './sorting.js';

export interface SealView {
  readonly number: number;
  readonly after: string;
  readonly upTo: string;
  readonly events: number;
  readonly accounts: number;
  readonly root: string;
  readonly accountsRoot: string;
  readonly previous: string | null;
  readonly digest: string;
  readonly keyId: string;
  readonly signature: string;
  readonly knownBefore: string;
  readonly sealedAt: string;
}

const FIELDS = [
  ...['number', 'after', 'upTo', 'events', 'accounts', 'root', 'accountsRoot', 'previous'],
  ...['digest', 'keyId', 'signature', 'knownBefore', 'sealedAt'],
] as const;

const orders = new Sorting({ number: whole('number') }, '-number');
const SEALS = {
  DESC: `select data from ledger_seal.line
    where number is not null and ($1::bigint is null or number < $1) order by number desc limit $2`,
  ASC: `select data from ledger_seal.line
    where number is not null and ($1::bigint is null or number > $1) order by number limit $2`,
};

/** The line of seals. */
export class SealQueries {
  constructor(private readonly dataSource: DataSource) {}

  /** Newest first, unless asked otherwise. @throws InvalidCursor */
  async list({ sort, cursor, limit }: SortedPageRequest<'number'>): Promise<Page<SealView>> {
    const order = orders.order(sort);
    const from = cursor === undefined ? null : placeIn(cursor, order).value.toString();
    const sql = SEALS[order.direction];
    const rows = await this.dataSource.query<{ data: SealView }[]>(sql, [from, limit + 1]);
    return pageOf(
      rows,
      limit,
      ({ data }) => sealView(data),
      ({ data }) => placeParts(order, data.number, ''),
    );
  }

  async find(number: number): Promise<SealView | undefined> {
    const sql = 'select data from ledger_seal.line where number = $1';
    const [row] = await this.dataSource.query<{ data: SealView }[]>(sql, [number]);
    return row && sealView(row.data);
  }
}

const sealView = (data: SealView) =>
  Object.fromEntries(
    FIELDS.map((name) => [name, data[name as keyof SealView]]),
  ) as unknown as SealView;
