import { domainError } from '@imprest/domain';
import { type RecordedEvent, streamId, streamName, toDomainEvent } from '@imprest/event-catalogue';
import { DomainFailure } from '../domain-failure.js';
import type { EventStore } from '../ports/event-store.js';

/** What is known of a character, as plain JSON: times are ISO 8601. */
export interface CharacterView {
  readonly id: string;
  readonly tenantId: string;
  /** Public name of the model of its pictures. */
  readonly model: string;
  /** Sealed name and traits (see confidential-profile.ts). */
  readonly confidential: string;
  readonly dataKeyId: string;
  readonly traitsVersion: number;
  readonly createdAt: string;
  readonly updatedAt: string;
  readonly deleted: boolean;
  readonly revision: number;
}

function created(recorded: RecordedEvent): CharacterView {
  const event = toDomainEvent(recorded);
  if (event.type !== 'CharacterCreated') {
    throw new Error(`${recorded.stream} begins with ${event.type}`);
  }
  const { tenantId, model, confidential, dataKeyId } = event.data;
  const { occurredAt } = recorded.metadata;
  return {
    id: streamId(recorded.stream),
    ...{ tenantId, model, confidential, dataKeyId },
    traitsVersion: 1,
    createdAt: occurredAt,
    updatedAt: occurredAt,
    deleted: false,
    revision: recorded.revision,
  };
}

/** Folds one event of a character's stream into its view; the first event makes the view. */
export function applyToCharacterView(
  view: CharacterView | undefined,
  recorded: RecordedEvent,
): CharacterView {
  if (view === undefined) return created(recorded);
  const event = toDomainEvent(recorded);
  const next = { ...view, revision: recorded.revision };
  switch (event.type) {
    case 'CharacterChanged': {
      const { confidential, traitsChanged } = event.data;
      const traitsVersion = view.traitsVersion + (traitsChanged ? 1 : 0);
      return { ...next, confidential, traitsVersion, updatedAt: recorded.metadata.occurredAt };
    }
    case 'CharacterIdentityAnchored':
      return next;
    case 'CharacterDeleted':
      return { ...next, deleted: true };
    default:
      throw new Error(`${recorded.stream} holds ${event.type}, which is no event of a character`);
  }
}

/** The spelling of an id of a character. */
export const CHARACTER_ID = /^chr_[0-9a-z]{26}$/;

async function loadCharacter(store: EventStore, id: string): Promise<CharacterView | undefined> {
  let view: CharacterView | undefined;
  for await (const page of store.readStream(streamName('character', id))) {
    for (const event of page) view = applyToCharacterView(view, event);
  }
  return view;
}

export function noSuchCharacter(id: string): DomainFailure {
  return new DomainFailure(domainError('not_found', `there is no character ${id}`));
}

/**
 * The tenant's own character as its stream tells it now. A foreign or deleted one answers as if it did not exist.
 * @throws DomainFailure not_found
 */
export async function ownCharacter(
  store: EventStore,
  tenantId: string,
  id: string,
): Promise<CharacterView> {
  const view = await everOwnCharacter(store, tenantId, id);
  if (view.deleted) throw noSuchCharacter(id);
  return view;
}

/** The same, also when it is deleted by now. @throws DomainFailure not_found */
export async function everOwnCharacter(
  store: EventStore,
  tenantId: string,
  id: string,
): Promise<CharacterView> {
  const view = CHARACTER_ID.test(id) ? await loadCharacter(store, id) : undefined;
  if (view === undefined || view.tenantId !== tenantId) throw noSuchCharacter(id);
  return view;
}
