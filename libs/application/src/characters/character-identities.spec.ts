import { byTest, exampleIds, SubmissionScenario } from '@imprest/testkit';
import { beforeEach, expect, test } from 'vitest';
import { characterStream } from '../deciding/stream-types.js';
import { CharacterIdentities } from './character-identities.js';
import { sealProfile } from './confidential-profile.js';

const id = `chr_${'0'.repeat(26)}`;
const shown = { id, traitsVersion: 1, description: 'an adult person of 34 years' };
const looks = [0.25, 0.5];

let api: SubmissionScenario;
let identities: CharacterIdentities;

type Command = Parameters<typeof characterStream.decider.decide>[0];
const run = (command: Command) => api.process.runner.run(characterStream, id, command, byTest);

beforeEach(async () => {
  api = new SubmissionScenario();
  identities = new CharacterIdentities(api.process.runner, api.dataKeys);
  const key = await api.dataKeys.take();
  const { tenantId } = exampleIds;
  const profile = sealProfile(id, { name: 'Mira', traits: { age: 34 } }, key);
  const character = { tenantId, model: 'realistic-sharp', fingerprint: '' };
  await run({
    type: 'CreateCharacter',
    character: { ...character, confidential: profile, dataKeyId: key.id },
  });
});

test('looks are worked out once: the first that are handed in count for everybody', async () => {
  expect(await identities.embeddingOf(shown)).toBeNull();
  expect(await identities.keep(shown, looks, byTest)).toEqual(looks);
  expect(await identities.keep(shown, [0.9], byTest)).toEqual(looks);
  expect(await identities.embeddingOf(shown)).toEqual(looks);
  expect(api.history('character')).toEqual(['CharacterCreated', 'CharacterIdentityAnchored']);
  expect(JSON.stringify(api.shared.log.events.at(-1)?.data)).not.toContain('0.25');
});

test('looks of traits that have changed since are of use to their own picture only', async () => {
  await identities.keep(shown, looks, byTest);
  const { confidential: replaces } = await api.process.runner.read(
    characterStream,
    id,
    (state) => ({
      ...state,
    }),
  );
  const confidential = 'v1.b3RoZXI=';
  await run({ type: 'ChangeCharacter', replaces, confidential, traitsChanged: true });
  expect(await identities.embeddingOf(shown)).toBeNull();
  expect(await identities.keep(shown, [0.9], byTest)).toEqual([0.9]);
  expect(await identities.embeddingOf({ ...shown, traitsVersion: 2 })).toBeNull();
});

test('nothing is kept of a character that was deleted', async () => {
  await run({ type: 'DeleteCharacter', reason: 'not wanted' });
  expect(await identities.keep(shown, looks, byTest)).toEqual(looks);
  expect(api.history('character')).toEqual(['CharacterCreated', 'CharacterDeleted']);
});
