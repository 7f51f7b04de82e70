import { setTimeout as delay } from 'node:timers/promises';
import { type RecordedEvent, streamId, toDomainEvent } from '@imprest/event-catalogue';
import type { CharacterEraser } from '../characters/delete-character.js';
import { causedBy } from '../command-context.js';
import type { Reactor } from '../consuming/consumer.js';
import { NotYet } from '../consuming/transient-failure.js';
import type { GenerationEraser } from '../generations/erase-generation.js';
import type { GenerationIndex } from '../ports/generation-index.js';
import type { ConsentEraser } from '../references/consent-eraser.js';
import type { EndUserEraser } from './end-user-eraser.js';

const LOOKS = 20;
const LOOK_AGAIN_MS = 100;

/**
 * Makes certain what an erasure promised. Whoever records one destroys keys and images at once; a crash
 * in between, or a generation that the index did not know of yet, is made good here.
 */
export class Erasure implements Reactor {
  readonly kind = 'reactor';
  readonly name = 'erasure';
  readonly categories = ['generation', 'endUser', 'character', 'referenceConsent'];
  /** It reads every event of generations for the few that erase one: rather seldom and many at once. */
  readonly minimumIntervalMs = 1_000;
  readonly batchSize = 2_000;

  constructor(
    private readonly generations: GenerationEraser,
    private readonly endUsers: EndUserEraser,
    private readonly characters: CharacterEraser,
    private readonly consents: ConsentEraser,
    private readonly index: GenerationIndex,
  ) {}

  async react(event: RecordedEvent): Promise<void> {
    if (event.type === 'GenerationErased') {
      await this.generations.destroyContent(streamId(event.stream));
    } else if (event.type === 'EndUserErased') {
      await this.eraseEndUser(event);
    } else if (event.type === 'CharacterDeleted') {
      await this.characters.destroyContent(streamId(event.stream));
    } else {
      await this.eraseConsent(event);
    }
  }

  /** By the keys that the event names: an image uploaded since has another one, and so has another consent. */
  private async eraseConsent(recorded: RecordedEvent): Promise<void> {
    const { type, data } = toDomainEvent(recorded);
    if (type === 'ReferenceConsentWithdrawn' || type === 'ReferenceConsentTextErased') {
      await this.consents.destroy(data.dataKeyIds);
    }
  }

  /** What was requested after the erasure is not meant by it. */
  private async eraseEndUser(event: RecordedEvent): Promise<void> {
    const id = streamId(event.stream);
    const registrations = await this.endUsers.destroyRegistrations(id);
    await this.indexedUpTo(event.position);
    const context = causedBy(event, this.name);
    for (const tenantId of new Set(registrations.map((each) => each.tenantId))) {
      await this.endUsers.eraseGenerations(tenantId, id, context, event.position);
    }
  }

  /** @throws NotYet after seconds, to be asked again when the subscription retries */
  private async indexedUpTo(position: bigint): Promise<void> {
    for (let look = 0; look < LOOKS; look += 1) {
      if ((await this.index.position()) >= position) return;
      await delay(LOOK_AGAIN_MS);
    }
    throw new NotYet(`the index of generations has not come to position ${position} yet`);
  }
}
