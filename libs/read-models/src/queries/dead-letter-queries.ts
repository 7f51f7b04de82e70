import type { GenerationView } from '@imprest/application';
import type { FailureClass } from '@imprest/domain';
import { type DataSource, In, type SelectQueryBuilder } from 'typeorm';
import { DeadLetterRow, GenerationRow } from '../entities/index.js';
import type { Page } from './cursor.js';
import { sortedPage } from './sorted-page.js';
import { type SortedPageRequest, Sorting, time } from './sorting.js';

const orders = new Sorting({ deadLetteredAt: time('deadLetteredAt') }, '-deadLetteredAt');

export interface DeadLetterSelection {
  readonly tenantId?: string;
  /** Public name of the model. */
  readonly model?: string;
  readonly failureClass?: FailureClass;
  readonly since?: Date;
  readonly redriven?: boolean;
}

export interface DeadLetterView {
  readonly id: string;
  /** Null while the list of generations is behind. */
  readonly tenantId: string | null;
  readonly model: string | null;
  readonly failureClass: FailureClass;
  /** For operators; the tenant was told less. */
  readonly message: string;
  readonly attempts: number;
  readonly deadLetteredAt: string;
  readonly charged: string | null;
  readonly refunded: string | null;
  readonly erased: boolean;
  /** The request that it is done for once more. */
  readonly redrivenAs: string | null;
}

function select(
  query: SelectQueryBuilder<DeadLetterRow>,
  { tenantId, model, failureClass, since, redriven }: DeadLetterSelection,
): SelectQueryBuilder<DeadLetterRow> {
  if (failureClass !== undefined) {
    query.andWhere('letter.failureClass = :failureClass', { failureClass });
  }
  if (since !== undefined) query.andWhere('letter.deadLetteredAt >= :since', { since });
  if (redriven === true) query.andWhere('letter.redrivenAs is not null');
  if (redriven === false) query.andWhere('letter.redrivenAs is null');
  if (tenantId === undefined && model === undefined) return query;
  query.innerJoin(GenerationRow, 'generation', 'generation.id = letter.id');
  if (tenantId !== undefined) query.andWhere('generation.tenantId = :tenantId', { tenantId });
  if (model !== undefined) query.andWhere('generation.model = :model', { model });
  return query;
}

/** Work that has failed for good. */
export class DeadLetterQueries {
  constructor(private readonly dataSource: DataSource) {}

  /** Newest first. @throws InvalidCursor, RangeError */
  async list(
    filter: DeadLetterSelection & SortedPageRequest<'deadLetteredAt'>,
  ): Promise<Page<DeadLetterView>> {
    const letters = select(this.letters(), filter);
    const page = await sortedPage(letters, orders, filter, { item: (row) => row });
    const views = await this.generations(page.items);
    return { ...page, items: page.items.map((row) => deadLetterView(row, views.get(row.id))) };
  }

  async find(id: string): Promise<DeadLetterView | undefined> {
    const row = await this.letters().where('letter.id = :id', { id }).getOne();
    if (row === null) return undefined;
    return deadLetterView(row, (await this.generations([row])).get(id));
  }

  /** Those that were not redriven, the oldest first. */
  async waiting(selection: DeadLetterSelection, limit: number): Promise<readonly string[]> {
    const query = select(this.letters(), { ...selection, redriven: false });
    const rows = await query
      .orderBy('letter.deadLetteredAt')
      .addOrderBy('letter.id')
      .limit(limit)
      .getMany();
    return rows.map(({ id }) => id);
  }

  private letters(): SelectQueryBuilder<DeadLetterRow> {
    return this.dataSource.getRepository(DeadLetterRow).createQueryBuilder('letter');
  }

  private async generations(
    letters: readonly DeadLetterRow[],
  ): Promise<ReadonlyMap<string, GenerationView>> {
    const ids = letters.map(({ id }) => id);
    const rows = await this.dataSource.getRepository(GenerationRow).findBy({ id: In(ids) });
    return new Map(rows.map(({ id, view }) => [id, view]));
  }
}

function deadLetterView(
  { deadLetteredAt, redrivenAs, ...row }: DeadLetterRow,
  generation: GenerationView | undefined,
): DeadLetterView {
  return {
    ...row,
    tenantId: generation?.tenantId ?? null,
    model: generation?.model ?? null,
    deadLetteredAt: deadLetteredAt.toISOString(),
    charged: generation?.charged ?? null,
    refunded: generation?.refunded ?? null,
    erased: generation?.erased ?? false,
    redrivenAs,
  };
}
