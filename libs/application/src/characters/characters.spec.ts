import type { CharacterProfile, PresetLibrary } from '@imprest/domain';
import { byTest, exampleIds, openAccount, SubmissionScenario, twoModels } from '@imprest/testkit';
import { beforeEach, describe, expect, test } from 'vitest';
import { openInputs } from '../generations/confidential-input.js';
import { loadGeneration } from '../generations/load-generation.js';
import { ChangeCharacter, ChangeCharacterHandler } from './change-character.js';
import { ownCharacter } from './character-view.js';
import { openCharacter } from './confidential-profile.js';
import { CreateCharacter, CreateCharacterHandler } from './create-character.js';
import { CharacterEraser, DeleteCharacter, DeleteCharacterHandler } from './delete-character.js';
import { Depictions } from './depiction.js';

const { tenantId } = exampleIds;
const mira: CharacterProfile = { name: 'Mira', traits: { age: 34, hair: 'auburn' } };
const library: PresetLibrary = {
  version: 'test',
  quality: { default: 'fine detail' },
  negativePrompt: 'blurred',
  presets: [{ label: 'golden hour', kind: 'light', aliases: [], text: 'low warm sunlight' }],
};

let api: SubmissionScenario;

const refusal = (code: string) => ({ error: { code } });

const create = (profile = mira, idempotencyKey: string | null = null, tenant = tenantId) => {
  const { runner, store } = api.process;
  const { dataKeys, moderator, secrets, clock } = api;
  const submitter = { tenantId: tenant, models: null, dialect: 'xavira', idempotencyKey };
  const [model = ''] = twoModels.aliases;
  return new CreateCharacterHandler(
    ...([runner, store, dataKeys, moderator, twoModels, secrets, clock] as const),
  ).execute(new CreateCharacter(submitter, model, profile, byTest));
};
const change = (id: string, changes: ChangeCharacter['changes'], tenant = tenantId) => {
  const { runner, store } = api.process;
  return new ChangeCharacterHandler(runner, store, api.dataKeys, api.moderator).execute(
    new ChangeCharacter(tenant, id, changes, byTest),
  );
};
const remove = (id: string, tenant = tenantId) => {
  const { runner, store } = api.process;
  const eraser = new CharacterEraser(runner, api.dataKeys);
  return new DeleteCharacterHandler(runner, eraser, store).execute(
    new DeleteCharacter(tenant, id, byTest),
  );
};
const found = async (id: string) =>
  openCharacter(api.dataKeys, await ownCharacter(api.process.store, tenantId, id));
const depict = (
  characterId: string,
  prompt: string,
  rawPrompt = false,
  idempotencyKey: string | null = null,
) =>
  new Depictions(api.process.store, api.dataKeys, library).of(
    tenantId,
    { characterId, prompt, rawPrompt },
    idempotencyKey,
  );

beforeEach(async () => {
  api = new SubmissionScenario();
  await openAccount(api.process.runner, 1_000n, tenantId);
});

describe('a character', () => {
  test('is found as it was made, and nothing of it is stored in the clear', async () => {
    const { character, replayed } = await create();
    expect(replayed).toBe(false);
    expect(character).toMatchObject({ ...mira, createdAt: api.clock.isoNow() });
    expect(await found(character.id)).toEqual(character);
    const stored = JSON.stringify(api.shared.log.events.map(({ data }) => data));
    for (const secret of ['Mira', 'auburn']) expect(stored).not.toContain(secret);
  });

  test('is made once under one key, whatever the order of its traits', async () => {
    const first = await create(mira, 'key-1');
    const again = await create({ ...mira, traits: { hair: 'auburn', age: 34 } }, 'key-1');
    expect(again).toEqual({ ...first, replayed: true });
    await expect(create({ ...mira, name: 'Nora' }, 'key-1')).rejects.toMatchObject(
      refusal('conflict'),
    );
    expect(api.history('character')).toEqual(['CharacterCreated']);
  });

  test('is refused when it is or seems a minor, or when nobody can judge that', async () => {
    await expect(create({ ...mira, traits: { age: 17 } })).rejects.toMatchObject(
      refusal('content_policy'),
    );
    api.moderator.review = ({ adultsOnly }) =>
      ({
        ...(adultsOnly ? { outcome: 'block' } : { outcome: 'allow' }),
        ...{ category: 'implied_minor', reviewer: 'test' },
      }) as const;
    await expect(create()).rejects.toMatchObject(refusal('content_policy'));
    api.moderator.review = () => Promise.reject(new Error('classifier down'));
    await expect(create()).rejects.toMatchObject(refusal('unavailable'));
    expect(api.history('character')).toEqual([]);
  });

  test('is changed trait by trait', async () => {
    const { character } = await create();
    api.clock.advance(1_000);
    const changed = await change(character.id, { traits: { hair: null, eyes: 'green' } });
    expect(changed).toEqual({
      ...character,
      traits: { age: 34, eyes: 'green' },
      updatedAt: api.clock.isoNow(),
    });
    expect(await change(character.id, { name: 'Mira' })).toEqual(changed);
    expect(api.history('character')).toEqual(['CharacterCreated', 'CharacterChanged']);
    await expect(change(character.id, { traits: { age: null } })).rejects.toMatchObject(
      refusal('validation_error'),
    );
    await expect(change(character.id, { traits: { age: 12 } })).rejects.toMatchObject(
      refusal('content_policy'),
    );
  });

  test('that is deleted cannot be opened by anybody any more', async () => {
    const { character } = await create();
    const { dataKeyId } = await ownCharacter(api.process.store, tenantId, character.id);
    await remove(character.id);
    expect(await api.dataKeys.open([dataKeyId])).toEqual(new Map());
    for (const work of [found(character.id), remove(character.id), depict(character.id, 'x')]) {
      await expect(work).rejects.toMatchObject(refusal('not_found'));
    }
  });

  test('of another tenant is not there', async () => {
    const { character } = await create();
    for (const work of [
      change(character.id, { name: 'X' }, 'ten_2'),
      remove(character.id, 'ten_2'),
    ])
      await expect(work).rejects.toMatchObject(refusal('not_found'));
  });
});

describe('a picture of a character', () => {
  const submit = async (depiction: Awaited<ReturnType<typeof depict>>, idempotencyKey?: string) =>
    api.submit({ ...depiction, webhookUrl: null }, { idempotencyKey: idempotencyKey ?? null });

  test('is asked for with the enhanced prompt, which is sealed with who is shown', async () => {
    const { character } = await create();
    const depiction = await depict(character.id, 'on a pier, golden hour');
    const prompt =
      'fine detail, an adult person of 34 years with auburn hair, on a pier, low warm sunlight';
    expect(depiction).toMatchObject({ prompt, negativePrompt: 'blurred' });
    const { id } = await submit(depiction);
    const view = await loadGeneration(api.process.store, id);
    const input = view && (await openInputs(api.dataKeys, [view])).get(id);
    expect(input).toMatchObject({
      prompt,
      negativePrompt: 'blurred',
      character: { id: character.id, traitsVersion: 1 },
    });
  });

  test('takes a raw prompt as it is', async () => {
    const { character } = await create();
    const depiction = await depict(character.id, 'golden hour', true);
    expect(depiction.prompt).toBe('golden hour');
    expect(depiction.negativePrompt).toBeUndefined();
  });

  test('is judged by what was said and by what was made of it, as one of an adult', async () => {
    const { character } = await create();
    const judged: object[] = [];
    api.moderator.review = (subject) => {
      judged.push(subject);
      return { outcome: 'allow' };
    };
    await submit(await depict(character.id, 'golden hour'));
    expect(judged).toMatchObject([
      { adultsOnly: true, prompt: expect.stringMatching(/^golden hour\nfine detail, .*sunlight$/) },
    ]);
  });

  test('under one key is the same request also after the character has changed', async () => {
    const { character } = await create();
    const first = await submit(await depict(character.id, 'golden hour'), 'picture-1');
    await change(character.id, { traits: { hair: 'grey' } });
    const again = await submit(await depict(character.id, 'golden hour'), 'picture-1');
    expect(again).toEqual({ ...first, replayed: true });
    const other = submit(await depict(character.id, 'blue hour'), 'picture-1');
    await expect(other).rejects.toMatchObject(refusal('conflict'));
  });

  test('under one key is the same request also after the character was deleted, and no new one is made', async () => {
    const { character } = await create();
    const first = await submit(await depict(character.id, 'golden hour'), 'picture-1');
    await remove(character.id);
    const depicted = (key: string) => depict(character.id, 'golden hour', false, key);
    expect(await submit(await depicted('picture-1'), 'picture-1')).toEqual({
      ...first,
      replayed: true,
    });
    await expect(depicted('picture-2')).rejects.toMatchObject(refusal('not_found'));
  });
});
