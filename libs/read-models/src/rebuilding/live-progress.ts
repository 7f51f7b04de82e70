import { notBehind, type Standing } from '@imprest/application';
import type { RecordedEvent } from '@imprest/event-catalogue';
import type { Client } from 'pg';
import { type ProgressRow, standingOf } from '../consuming/inbox.js';
import { sqlTransaction } from '../sql/sql-transaction.js';
import type { RebuildOptions } from './standby-session.js';

const PROGRESS =
  'select position, reached, parked from read_models.checkpoints where consumer = $1';
const ENTER =
  'insert into read_models.checkpoints (consumer, position) values ($1, 0) on conflict do nothing';

/** Position of the furthest event that a consumer has processed. */
export function reachedBy({ position, reached }: Standing): bigint {
  return reached > position ? reached : position;
}

/**
 * Where a live projector stands. Its row is what the projector takes first for each batch, so while it is held no
 * batch is under way, whichever bus brings them.
 */
export class LiveProgress {
  constructor(
    private readonly client: Client,
    private readonly options: Pick<RebuildOptions, 'projector' | 'eventStore'>,
  ) {}

  async read(): Promise<Standing> {
    const { name } = this.options.projector;
    const { rows } = await this.client.query<ProgressRow>(PROGRESS, [name]);
    return standingOf(this.client, name, rows[0]);
  }

  /** Held until the transaction of the caller ends. */
  async hold(): Promise<Standing> {
    const { name } = this.options.projector;
    await this.client.query(ENTER, [name]);
    await this.client.query(`${PROGRESS} for update`, [name]);
    return this.read();
  }

  /**
   * Brings the live tables to one position: a bus that has no one order leaves some events out below the furthest
   * one it has brought. What is parked stays so. Within the transaction that holds it.
   */
  async settle(standing: Standing): Promise<bigint> {
    const { projector } = this.options;
    for await (const events of this.omitted(standing, standing.reached)) {
      await projector.project(events, sqlTransaction(this.client));
    }
    return reachedBy(standing);
  }

  /** Whether the live tables hold every event up to here that is theirs to hold, parked streams aside. */
  async hasAll(standing: Standing, upTo: bigint): Promise<boolean> {
    for await (const events of this.omitted(standing, upTo)) return events.length === 0;
    return true;
  }

  private async *omitted(
    standing: Standing,
    upTo: bigint,
  ): AsyncGenerator<readonly RecordedEvent[]> {
    const { position } = standing;
    if (upTo <= position) return;
    const { eventStore, projector } = this.options;
    const { categories, batchSize: pageSize } = projector;
    const range = { after: position, upTo, categories, pageSize };
    for await (const page of eventStore.readAll(range)) {
      const events = await notBehind(page, standing);
      if (events.length > 0) yield events;
    }
  }
}
