import { recordedEvent, type StoredEvent } from '@imprest/event-catalogue';
import { journalProjector } from '../ledger/journal-projector.js';
import { JournalFiller } from './journal-filler.js';
import { projectPage } from './project-page.js';
import type { StandbySession } from './standby-session.js';
import type { TableFiller } from './table-filler.js';

/** What the live projector does, in larger batches. */
class ProjectingFiller implements TableFiller {
  readonly chunkEvents = 50_000;
  readonly pageSize = 10_000;

  private constructor(private readonly session: StandbySession) {}

  static async open(session: StandbySession): Promise<TableFiller> {
    await session.shadow.addPrimaryKeys();
    return new ProjectingFiller(session);
  }

  async write(pages: AsyncIterable<readonly StoredEvent[]>): Promise<void> {
    const { client, standbyProjector } = this.session;
    for await (const events of pages) {
      await projectPage(client, standbyProjector, events.map(recordedEvent));
    }
  }
}

/** The journal has a way of its own: entries only grow, and what changes fits into memory. */
export function openFiller(session: StandbySession): Promise<TableFiller> {
  const { name } = session.options.projector;
  return name === journalProjector.name
    ? JournalFiller.open(session.client, session.schema)
    : ProjectingFiller.open(session);
}
