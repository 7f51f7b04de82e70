import type { SqlTransaction } from '@imprest/application';
import type { GenerationEvent } from '@imprest/domain';
import { type RecordedEvent, streamId, toDomainEvent } from '@imprest/event-catalogue';
import { AssetGenerationRow, AssetRow } from '../entities/index.js';
import { happenedAt } from './stream-order.js';
import { type TablesOf, tableProjector } from './table-projector.js';

const rows = { assets: AssetRow, openGenerations: AssetGenerationRow };
type Tables = TablesOf<typeof rows>;

class AssetBatch {
  private readonly stored: AssetRow[] = [];
  private readonly opened = new Map<string, string>();
  private readonly ended = new Set<string>();
  private readonly erased = new Set<string>();

  /** @param open tenant by generation, for generations that have not ended. */
  constructor(private readonly open: Map<string, string>) {}

  apply(recorded: RecordedEvent): void {
    const id = streamId(recorded.stream);
    const event = toDomainEvent(recorded) as GenerationEvent;
    switch (event.type) {
      case 'GenerationRequested':
        this.open.set(id, event.data.tenantId);
        this.opened.set(id, event.data.tenantId);
        break;
      case 'ImageStored': {
        const tenantId = this.open.get(id);
        // Of a generation that has ended every image was seen before.
        if (tenantId === undefined) break;
        const { assetId, dataKeyId, mediaType, bytes, sha256 } = event.data;
        this.stored.push({
          ...{ assetId, generationId: id, tenantId, dataKeyId, mediaType, sha256 },
          bytes: BigInt(bytes),
          storedAt: happenedAt(recorded),
          erased: false,
        });
        break;
      }
      case 'GenerationSucceeded':
      case 'GenerationFailed':
      case 'GenerationCancelled':
        this.open.delete(id);
        this.opened.delete(id);
        this.ended.add(id);
        break;
      case 'GenerationErased':
        this.erased.add(id);
        break;
    }
  }

  async save(sql: SqlTransaction, { assets, openGenerations }: Tables): Promise<void> {
    await assets.upsert(sql, this.stored);
    if (this.erased.size > 0) {
      const erase = `update ${assets.name} set erased = true where generation_id = any($1::text[])`;
      await sql.query(erase, [[...this.erased]]);
    }
    await openGenerations.delete(
      sql,
      [...this.ended].map((generationId) => ({ generationId })),
    );
    await openGenerations.upsert(
      sql,
      [...this.opened].map(([generationId, tenantId]) => ({ generationId, tenantId })),
    );
  }
}

/** Every image kept, for the sweep that ends their retention and for erasure. */
export const assetsProjector = tableProjector({
  name: 'assets',
  categories: ['generation'],
  minimumIntervalMs: 100,
  rows,
  async project(events, sql, tables) {
    const { openGenerations } = tables;
    const ids = new Set(events.map(({ stream }) => streamId(stream)));
    const known = await openGenerations.load(
      sql,
      [...ids].map((generationId) => ({ generationId })),
    );
    const batch = new AssetBatch(
      new Map(known.map(({ generationId, tenantId }) => [generationId, tenantId])),
    );
    for (const event of events) batch.apply(event);
    await batch.save(sql, tables);
  },
});
