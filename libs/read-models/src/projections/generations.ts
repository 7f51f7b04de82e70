import { applyToGenerationView, type GenerationView } from '@imprest/application';
import { GenerationRow } from '../entities/index.js';
import { foldIntoRows } from './one-row-per-stream.js';
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
  project: (events, sql, { generations }) =>
    foldIntoRows(events, sql, generations, (row, event) =>
      rowOf(applyToGenerationView(row?.view, event)),
    ),
});
