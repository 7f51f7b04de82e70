import type { CharacterView } from '@imprest/application';
import type { DataSource } from 'typeorm';
import { CharacterRow } from '../entities/index.js';
import { type Page, pageOf } from './cursor.js';
import { newestFirst, type PageRequest } from './newest-first.js';

export class CharacterQueries {
  constructor(private readonly dataSource: DataSource) {}

  /** Newest first, deleted ones left out. @throws InvalidCursor, RangeError */
  async list(request: PageRequest & { readonly tenantId: string }): Promise<Page<CharacterView>> {
    const { tenantId, limit } = request;
    const query = this.dataSource
      .getRepository(CharacterRow)
      .createQueryBuilder('character')
      .where('character.tenantId = :tenantId and not character.deleted', { tenantId });
    const rows = await newestFirst(query, 'createdAt', request);
    return pageOf(
      rows,
      limit,
      ({ view }) => view,
      ({ id, createdAt }) => [createdAt.toISOString(), id],
    );
  }
}
