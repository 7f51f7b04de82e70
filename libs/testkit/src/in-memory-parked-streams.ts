import {
  InvalidCursor,
  type ParkedCount,
  type ParkedFilter,
  type ParkedPage,
  type ParkedRequest,
  type ParkedStream,
  type ParkedStreams,
} from '@imprest/application';
import type { InMemoryCheckpointStore } from './in-memory-checkpoint-store.js';

/** Parked streams in a map, beside the progress they hold up. */
export class InMemoryParkedStreams implements ParkedStreams {
  private readonly rows = new Map<string, ParkedStream>();

  constructor(private readonly checkpoints: InMemoryCheckpointStore) {}

  async park(parked: Omit<ParkedStream, 'request' | 'released'>): Promise<void> {
    const before = this.rows.get(parked.id);
    const attempts = (before?.attempts ?? 0) + parked.attempts;
    this.rows.set(parked.id, { ...parked, attempts, released: false, request: null });
    this.checkpoints.parkedOf(parked.consumer).set(parked.stream, parked.revision);
    this.checkpoints.releasedOf(parked.consumer).delete(parked.stream);
  }

  async remove(consumer: string, stream: string): Promise<void> {
    if (!this.checkpoints.releasedOf(consumer).delete(stream)) return;
    for (const row of this.rows.values()) {
      if (row.consumer === consumer && row.stream === stream) this.rows.delete(row.id);
    }
  }

  async find(id: string): Promise<ParkedStream | undefined> {
    const row = this.rows.get(id);
    return row === undefined ? undefined : this.current(row);
  }

  async list({ consumer, sort, cursor, limit }: ParkedFilter): Promise<ParkedPage> {
    const rows = [...this.rows.values()]
      .filter((row) => consumer === undefined || row.consumer === consumer)
      .sort((a, b) => a.parkedAt.getTime() - b.parkedAt.getTime() || (a.id < b.id ? -1 : 1));
    if (sort !== 'parkedAt') rows.reverse();
    const from = cursor === undefined ? 0 : rows.findIndex(({ id }) => id === cursor) + 1;
    if (cursor !== undefined && from === 0) throw new InvalidCursor();
    const page = rows.slice(from, from + limit);
    const isLast = from + limit >= rows.length;
    const nextCursor = isLast ? null : (page.at(-1)?.id ?? null);
    return { items: page.map((row) => this.current(row)), nextCursor };
  }

  async of(consumer: string): Promise<readonly ParkedStream[]> {
    return [...this.rows.values()]
      .filter((row) => row.consumer === consumer)
      .map((row) => this.current(row));
  }

  async request(id: string, request: ParkedRequest): Promise<boolean> {
    const row = await this.find(id);
    if (row?.revision !== request.revision || row.request !== null) return false;
    this.rows.set(id, { ...row, request });
    return true;
  }

  async counts(): Promise<readonly ParkedCount[]> {
    const counts = new Map<string, ParkedCount>();
    for (const { consumer, request } of this.rows.values()) {
      const { parked, requested } = counts.get(consumer) ?? { parked: 0, requested: 0 };
      const asked = request === null ? 0 : 1;
      counts.set(consumer, { consumer, parked: parked + 1, requested: requested + asked });
    }
    return [...counts.values()];
  }

  private current(row: ParkedStream): ParkedStream {
    const { consumer, stream } = row;
    const waiting = this.checkpoints.parkedOf(consumer).get(stream);
    const released = this.checkpoints.releasedOf(consumer).has(stream);
    return { ...row, revision: waiting ?? row.revision, released };
  }
}
