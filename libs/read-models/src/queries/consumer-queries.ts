import type { DataSource } from 'typeorm';

export interface ConsumerPosition {
  readonly consumer: string;
  /** Everything up to here is behind it. */
  readonly position: bigint;
}

/** Where all consumers of the database stand, whichever processes run them. */
export class ConsumerQueries {
  constructor(private readonly dataSource: DataSource) {}

  /** By name; a consumer that never ran is missing. */
  async positions(): Promise<readonly ConsumerPosition[]> {
    const rows = await this.dataSource.query<{ consumer: string; position: string }[]>(
      'select consumer, position from read_models.checkpoints order by consumer',
    );
    return rows.map(({ consumer, position }) => ({ consumer, position: BigInt(position) }));
  }
}
