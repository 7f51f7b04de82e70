import type { DataSource } from 'typeorm';
import { decodeCursor, type Page, pageOf } from './cursor.js';
import type { PageRequest } from './newest-first.js';

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

const SEALS = `
  select data from ledger_seal.line
  where number is not null and ($1::int is null or number < $1) order by number desc limit $2`;

/** The line of seals. */
export class SealQueries {
  constructor(private readonly dataSource: DataSource) {}

  /** Newest first. @throws InvalidCursor */
  async list({ cursor, limit }: PageRequest): Promise<Page<SealView>> {
    const before = cursor === undefined ? null : Number(decodeCursor(cursor, 1)[0]);
    const rows = await this.dataSource.query<{ data: SealView }[]>(SEALS, [before, limit + 1]);
    return pageOf(
      rows,
      limit,
      ({ data }) => sealView(data),
      ({ data }) => [String(data.number)],
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
