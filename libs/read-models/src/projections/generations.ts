import { applyToGenerationView, type GenerationView } from '@imprest/application';
import { streamId } from '@imprest/event-catalogue';
import { GenerationRow } from '../entities/index.js';
import { isNext } from './stream-order.js';
import { tableProjector } from './table-projector.js';

function rowOf(view: GenerationView): GenerationRow {
  return {
    id: view.id,
    tenantId: view.tenantId,
    endUserId: view.endUserId,
    apiKeyId: view.apiKeyId,
    dialect: view.dialect,
    model: view.model,
    status: view.status,
    createdAt: new Date(view.createdAt),
    finishedAt: view.finishedAt === null ? null : new Date(view.finishedAt),
    erased: view.erased,
    view: view.erased ? { ...view, confidential: '' } : view,
    revision: view.revision,
  };
}

/** Lists of generations. An erased one keeps its row, without its confidential part. */
export const generationsProjector = tableProjector({
  name: 'generations',
  categories: ['generation'],
  minimumIntervalMs: 20,
  rows: { generations: GenerationRow },
  async project(events, sql, { generations }) {
    const ids = new Set(events.map(({ stream }) => streamId(stream)));
    const known = await generations.load(
      sql,
      [...ids].map((id) => ({ id })),
    );
    const views = new Map(known.map(({ id, view }) => [id, view]));
    const changed = new Map<string, GenerationView>();
    for (const event of events) {
      const id = streamId(event.stream);
      const view = views.get(id);
      if (!isNext(event, view?.revision ?? -1)) continue;
      const next = applyToGenerationView(view, event);
      views.set(id, next);
      changed.set(id, next);
    }
    await generations.upsert(sql, [...changed.values()].map(rowOf));
  },
});
