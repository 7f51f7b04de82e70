import {
  applyToGenerationView,
  type GenerationFilter,
  type GenerationIndex,
  type GenerationPage,
  type GenerationView,
} from '@imprest/application';
import { streamCategory } from '@imprest/event-catalogue';
import type { InMemoryEventLog } from './in-memory-event-store.js';

/**
 * Lists from the events of a log, by tenant and end user only. Like a read model it may lag: it knows what
 * there was when `catchUp` was called last.
 */
export class InMemoryGenerationIndex implements GenerationIndex {
  private upTo = 0;

  constructor(private readonly log: InMemoryEventLog) {}

  catchUp(): void {
    this.upTo = this.log.events.length;
  }

  async position(): Promise<bigint> {
    return BigInt(this.upTo);
  }

  async list(filter: GenerationFilter): Promise<GenerationPage> {
    const { tenantId, endUserId, sort, cursor, limit } = filter;
    const views = new Map<string, GenerationView>();
    for (const event of this.log.events.slice(0, this.upTo)) {
      if (streamCategory(event.stream) !== 'generation') continue;
      views.set(event.stream, applyToGenerationView(views.get(event.stream), event));
    }
    const found = (sort === 'createdAt' ? [...views.values()] : [...views.values()].reverse())
      .filter((view) => view.tenantId === tenantId && !view.erased)
      .filter((view) => endUserId === undefined || view.endUserId === endUserId);
    const from = cursor === undefined ? 0 : found.findIndex(({ id }) => id === cursor);
    const items = found.slice(from, from + limit);
    return { items, nextCursor: found[from + limit]?.id ?? null };
  }
}
