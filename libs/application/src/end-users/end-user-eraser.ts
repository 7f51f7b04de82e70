import { type RecordedEvent, streamName, toDomainEvent } from '@imprest/event-catalogue';
import { Inject, Injectable } from '@nestjs/common';
import type { CommandContext } from '../command-context.js';
import { GenerationEraser } from '../generations/erase-generation.js';
import type { DataKeys } from '../ports/data-keys.js';
import type { EventStore } from '../ports/event-store.js';
import type { GenerationIndex } from '../ports/generation-index.js';
import { DATA_KEYS, EVENT_STORE, GENERATION_INDEX } from '../ports/tokens.js';

const PAGE = 100;
const REASON = 'end user deleted by the tenant';

export interface EndUserRegistration {
  readonly tenantId: string;
  readonly dataKeyId: string;
}

/** Destroys what is left of an end user after the fact of the erasure was recorded. Safe to repeat. */
@Injectable()
export class EndUserEraser {
  constructor(
    private readonly generations: GenerationEraser,
    @Inject(EVENT_STORE) private readonly store: EventStore,
    @Inject(DATA_KEYS) private readonly dataKeys: DataKeys,
    @Inject(GENERATION_INDEX) private readonly index: GenerationIndex,
  ) {}

  /**
   * Those the index knows of, or those requested before a position only. @returns how many
   */
  async eraseGenerations(
    tenantId: string,
    endUserId: string,
    context: CommandContext,
    before?: bigint,
  ): Promise<number> {
    let erased = 0;
    let cursor: string | undefined;
    do {
      const filter = { tenantId, endUserId, limit: PAGE, cursor, expiredBefore: new Date(0) };
      const page = await this.index.list(filter);
      for (const view of page.items) {
        if (before !== undefined && (await this.requestedAt(view.id)) > before) continue;
        if (await this.generations.erase(view, REASON, context)) erased += 1;
      }
      cursor = page.nextCursor ?? undefined;
    } while (cursor !== undefined);
    return erased;
  }

  /** The keys of all registrations that an erasure followed. @returns the registrations */
  async destroyRegistrations(endUserId: string): Promise<readonly EndUserRegistration[]> {
    const registrations: EndUserRegistration[] = [];
    let erased = 0;
    for await (const recorded of this.history(endUserId)) {
      const event = toDomainEvent(recorded);
      if (event.type === 'EndUserRegistered') registrations.push(event.data);
      if (event.type === 'EndUserErased') erased = registrations.length;
    }
    const gone = registrations.slice(0, erased);
    await this.dataKeys.destroy(gone.map(({ dataKeyId }) => dataKeyId));
    return gone;
  }

  private async *history(endUserId: string): AsyncIterable<RecordedEvent> {
    for await (const page of this.store.readStream(streamName('endUser', endUserId))) yield* page;
  }

  private async requestedAt(generationId: string): Promise<bigint> {
    const stream = streamName('generation', generationId);
    for await (const [first] of this.store.readStream(stream, { maxCount: 1 })) {
      if (first !== undefined) return first.position;
    }
    throw new Error(`the index lists ${generationId}, which has no events`);
  }
}
