import {
  type GenerationFilter,
  type GenerationIndex,
  type GenerationPage,
  START_OF_STORE,
} from '@imprest/application';
import type { DataSource, SelectQueryBuilder } from 'typeorm';
import { GenerationRow } from '../entities/index.js';
import { generationsProjector } from '../projections/generations.js';
import { sortedPage } from './sorted-page.js';
import { Sorting, time } from './sorting.js';

const orders = new Sorting({ createdAt: time('createdAt') }, '-createdAt');

/** Lists of generations; each filter has an index that gives its rows in the order of the list. */
export class GenerationQueries implements GenerationIndex {
  constructor(private readonly dataSource: DataSource) {}

  /**
   * `from` is inclusive, `to` exclusive, both of the time of the request.
   * @throws InvalidCursor, RangeError
   */
  async list(filter: GenerationFilter): Promise<GenerationPage> {
    const { tenantId, from, to } = filter;
    const query = this.dataSource
      .getRepository(GenerationRow)
      .createQueryBuilder('generation')
      .select(['generation.id', 'generation.createdAt', 'generation.view'])
      .where('generation.tenantId = :tenantId and not generation.erased', { tenantId });
    for (const property of ['id', 'endUserId', 'model'] as const) {
      const value = filter[property];
      if (value !== undefined)
        query.andWhere(`generation.${property} = :${property}`, { [property]: value });
    }
    if (from !== undefined) query.andWhere('generation.createdAt >= :from', { from });
    if (to !== undefined) query.andWhere('generation.createdAt < :to', { to });
    whereStatus(query, filter);
    return sortedPage(query, orders, filter, { item: ({ view }) => view });
  }

  async position(): Promise<bigint> {
    const rows = await this.dataSource.query<{ position: string }[]>(
      'select position from read_models.checkpoints where consumer = $1',
      [generationsProjector.name],
    );
    return rows[0] === undefined ? START_OF_STORE : BigInt(rows[0].position);
  }
}

function whereStatus(
  query: SelectQueryBuilder<GenerationRow>,
  { status, expiredBefore }: GenerationFilter,
): void {
  if (status === undefined) return;
  const stored = status === 'expired' ? 'succeeded' : status;
  query.andWhere('generation.status = :stored', { stored });
  if (status === 'succeeded') {
    query.andWhere('generation.finishedAt >= :expiredBefore', { expiredBefore });
  } else if (status === 'expired') {
    query.andWhere('generation.finishedAt < :expiredBefore', { expiredBefore });
    // Nothing ends before it begins: this only lets the list start where the first one can be.
    query.andWhere('generation.createdAt < :expiredBefore', { expiredBefore });
  }
}
