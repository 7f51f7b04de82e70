import { applyToCharacterView, type CharacterView } from '@imprest/application';
import { streamId } from '@imprest/event-catalogue';
import { CharacterRow } from '../entities/index.js';
import { isNext } from './stream-order.js';
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
  async project(events, sql, { characters }) {
    const ids = [...new Set(events.map(({ stream }) => streamId(stream)))];
    const known = await characters.load(
      sql,
      ids.map((id) => ({ id })),
    );
    const rows = new Map(known.map((row) => [row.id, row]));
    for (const event of events) {
      const id = streamId(event.stream);
      const row = rows.get(id);
      if (!isNext(event, row?.revision ?? -1)) continue;
      rows.set(id, rowOf(applyToCharacterView(row?.view, event)));
    }
    await characters.upsert(sql, [...rows.values()]);
  },
});
