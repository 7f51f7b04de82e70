import { type EventOf, firstVersion } from '../event-definition.js';
import { boolean, integer, object, string } from '../schema.js';

const category = 'character';

export const characterEvents = {
  CharacterCreated: firstVersion(
    category,
    object<EventOf<'CharacterCreated'>['data']>({
      tenantId: string(),
      model: string(),
      fingerprint: string(),
      confidential: string(),
      dataKeyId: string(),
    }),
  ),
  CharacterChanged: firstVersion(
    category,
    object<EventOf<'CharacterChanged'>['data']>({
      confidential: string(),
      traitsChanged: boolean(),
    }),
  ),
  CharacterIdentityAnchored: firstVersion(
    category,
    object<EventOf<'CharacterIdentityAnchored'>['data']>({
      traitsVersion: integer(),
      embedding: string(),
    }),
  ),
  CharacterDeleted: firstVersion(
    category,
    object<EventOf<'CharacterDeleted'>['data']>({ reason: string() }),
  ),
};
