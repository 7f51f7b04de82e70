import type { CharacterProfile } from '@imprest/domain';
import { sealText, unsealText } from '../confidential/index.js';
import type { DataKey, DataKeys } from '../ports/data-keys.js';
import { type CharacterView, noSuchCharacter } from './character-view.js';

/** A character as its owner sees it. */
export interface CharacterRecord extends CharacterProfile {
  readonly id: string;
  readonly model: string;
  readonly createdAt: string;
  readonly updatedAt: string;
}

export function sealProfile(id: string, profile: CharacterProfile, key: DataKey): string {
  return sealText(key, JSON.stringify(profile), id);
}

/** Opens several at once; one whose key was destroyed is missing from the answer. */
export async function openCharacters(
  dataKeys: DataKeys,
  views: readonly CharacterView[],
): Promise<readonly CharacterRecord[]> {
  const keys = await dataKeys.open(views.map(({ dataKeyId }) => dataKeyId));
  return views.flatMap(({ id, model, confidential, dataKeyId, createdAt, updatedAt }) => {
    const key = keys.get(dataKeyId);
    if (key === undefined) return [];
    const profile: CharacterProfile = JSON.parse(unsealText(key, confidential, id));
    return [{ id, model, ...profile, createdAt, updatedAt }];
  });
}

/** @throws DomainFailure not_found when its key is destroyed already */
export async function openCharacter(
  dataKeys: DataKeys,
  view: CharacterView,
): Promise<CharacterRecord> {
  const [character] = await openCharacters(dataKeys, [view]);
  if (character === undefined) throw noSuchCharacter(view.id);
  return character;
}
