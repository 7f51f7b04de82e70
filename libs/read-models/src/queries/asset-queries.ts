import type { DataSource } from 'typeorm';
import { AssetRow } from '../entities/index.js';
import { assertLimit } from './cursor.js';

const KEPT = `select from read_models.generations as generation
  where generation.id = asset.generation_id and generation.dialect = any(:kept)`;

export class AssetQueries {
  constructor(private readonly dataSource: DataSource) {}

  /**
   * Images stored before a time and not erased, the oldest first.
   * @param kept dialects whose images stay. @throws RangeError
   */
  async storedBefore(
    time: Date,
    limit: number,
    kept: readonly string[] = [],
  ): Promise<readonly AssetRow[]> {
    assertLimit(limit);
    return this.dataSource
      .getRepository(AssetRow)
      .createQueryBuilder('asset')
      .where('not asset.erased and asset.storedAt < :time', { time })
      .andWhere(`not exists (${KEPT})`, { kept })
      .orderBy('asset.storedAt')
      .addOrderBy('asset.assetId')
      .limit(limit)
      .getMany();
  }

  /** Keeps images whose retention has ended out of later sweeps. Not an event: a rebuild finds them again. */
  async markErased(assetIds: readonly string[]): Promise<void> {
    await this.dataSource
      .getRepository(AssetRow)
      .createQueryBuilder()
      .update({ erased: true })
      .where('assetId = any(:assetIds)', { assetIds })
      .execute();
  }

  /** In the order they were stored, erased ones among them. */
  async ofGeneration(generationId: string): Promise<readonly AssetRow[]> {
    return this.dataSource
      .getRepository(AssetRow)
      .find({ where: { generationId }, order: { storedAt: 'ASC', assetId: 'ASC' } });
  }

  /** Of the tenant's own; undefined also for one that was erased. */
  async find(tenantId: string, assetId: string): Promise<AssetRow | undefined> {
    const wanted = { tenantId, assetId, erased: false };
    return (await this.dataSource.getRepository(AssetRow).findOneBy(wanted)) ?? undefined;
  }
}
