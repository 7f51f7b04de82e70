import type { CharacterView } from '@imprest/application';
import type { DataSource } from 'typeorm';
import { CharacterRow } from '../entities/index.js';
import type { Page } from './cursor.js';
import { sortedPage } from './sorted-page.js';
import { type SortedPageRequest, Sorting, time } from './sorting.js';

const orders = new Sorting({ createdAt: time('createdAt') }, '-createdAt');

export class CharacterQueries {
  constructor(private readonly dataSource: DataSource) {}

  /** Newest first, deleted ones left out. @throws InvalidCursor, RangeError */
  list(
    request: SortedPageRequest<'createdAt'> & { readonly tenantId: string },
  ): Promise<Page<CharacterView>> {
    const { tenantId } = request;
    const query = this.dataSource
      .getRepository(CharacterRow)
      .createQueryBuilder('character')
      .where('character.tenantId = :tenantId and not character.deleted', { tenantId });
    return sortedPage(query, orders, request, { item: ({ view }) => view });
  }
}
