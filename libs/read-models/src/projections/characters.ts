import { applyToCharacterView, type CharacterView } from '@imprest/application';
import { CharacterRow } from '../entities/index.js';
import { foldIntoRows } from './one-row-per-stream.js';
import { tableProjector } from './table-projector.js';

function rowOf(view: CharacterView): CharacterRow {
  const { id, tenantId, createdAt, deleted, revision } = view;
  return {
    ...{ id, tenantId, deleted, revision },
    createdAt: new Date(createdAt),
    view: deleted ? { ...view, confidential: '' } : view,
  };
}

/** Lists of characters. */
export const charactersProjector = tableProjector({
  name: 'characters',
  categories: ['character'],
  minimumIntervalMs: 50,
  rows: { characters: CharacterRow },
  project: (events, sql, { characters }) =>
    foldIntoRows(events, sql, characters, (row, event) =>
      rowOf(applyToCharacterView(row?.view, event)),
    ),
});
