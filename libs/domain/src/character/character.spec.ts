import { given } from '@imprest/testkit/domain';
import { describe, expect, test } from 'vitest';
import { type CharacterTraits, character, profileProblem, profileText } from './index.js';

const data = {
  tenantId: 'ten_1',
  model: 'realistic-sharp',
  fingerprint: 'abc',
  confidential: 'v1.bWlyYQ==',
  dataKeyId: 'key_1',
};
const created = { type: 'CharacterCreated', data } as const;
const changed = (traitsChanged: boolean) =>
  ({ type: 'CharacterChanged', data: { confidential: 'v1.bmV3', traitsChanged } }) as const;
const anchored = (traitsVersion: number) =>
  ({
    type: 'CharacterIdentityAnchored',
    data: { traitsVersion, embedding: 'v1.ZmFjZQ==' },
  }) as const;
const deleted = { type: 'CharacterDeleted', data: { reason: 'not needed' } } as const;

const create = (fingerprint = 'abc') =>
  ({ type: 'CreateCharacter', character: { ...data, fingerprint } }) as const;
const change = (traitsChanged: boolean) =>
  ({
    type: 'ChangeCharacter',
    replaces: data.confidential,
    confidential: 'v1.bmV3',
    traitsChanged,
  }) as const;
const anchor = (traitsVersion: number) =>
  ({ type: 'AnchorIdentity', traitsVersion, embedding: 'v1.ZmFjZQ==' }) as const;
const remove = { type: 'DeleteCharacter', reason: 'not needed' } as const;

describe('a character', () => {
  test('is created once, however often the same request comes', () => {
    given(character).when(create()).then(created);
    given(character, created).when(create()).thenNothingHappened();
    given(character, created).when(create('other')).thenRejected('conflict');
  });

  test('is changed and deleted, and then is not there any more', () => {
    given(character, created).when(change(false)).then(changed(false));
    given(character, created, changed(false)).when(change(true)).thenRejected('conflict');
    given(character, created).when(remove).then(deleted);
    given(character, created, deleted).when(remove).thenNothingHappened();
    given(character, created, deleted).when(change(true)).thenRejected('not_found');
    given(character).when(remove).thenRejected('not_found');
  });

  test('gets its looks once for one set of traits', () => {
    given(character, created).when(anchor(1)).then(anchored(1));
    given(character, created, anchored(1)).when(anchor(1)).thenNothingHappened();
    given(character, created, anchored(1), changed(false)).when(anchor(1)).thenNothingHappened();
  });

  test('gets new looks when its traits have changed, never those of the old ones', () => {
    given(character, created, anchored(1), changed(true)).when(anchor(2)).then(anchored(2));
    given(character, created, changed(true)).when(anchor(1)).thenNothingHappened();
  });
});

describe('name and traits', () => {
  const problem = (traits: object, name = 'Mira') =>
    profileProblem(name, traits as CharacterTraits);

  test.each([
    [{ age: 18 }],
    [{ age: 34, hair: 'auburn', eyes: 'green', glasses: true, tallness: 1.8 }],
    [{ age: 70, clothing: ['linen shirt', 'wool coat'], 'favourite tea': 'mint' }],
  ])('%j are fine', (traits) => {
    expect(problem(traits)).toBeUndefined();
  });

  test.each([
    [{ age: 17 }],
    [{ age: 0 }],
    [{ age: -3 }],
    [{ age: 17.9 }],
    [{ age: 30, apparent_age: 15 }],
    [{ age: 30, Age: '16' }],
    [{ age: 30, 'years old': 12 }],
  ])('%j are refused: characters are adults', (traits) => {
    expect(problem(traits)).toMatchObject({
      code: 'content_policy',
      details: { category: 'implied_minor' },
    });
  });

  test.each([
    [{}, 'traits.age'],
    [{ age: '25' }, 'traits.age'],
    [{ age: 25.5 }, 'traits.age'],
    [{ age: 151 }, 'traits.age'],
    [{ age: 25, '': 'x' }, 'traits'],
    [{ age: 25, hair: { colour: 'red' } }, 'traits.hair'],
    [{ age: 25, hair: 'x'.repeat(201) }, 'traits.hair'],
    [{ age: 25, hair: 'two\nlines' }, 'traits.hair'],
    [{ age: 25, likes: Array(11).fill('tea') }, 'traits.likes'],
    [Object.fromEntries(Array.from({ length: 33 }, (_, i) => [`t${i}`, 20])), 'traits'],
    [
      {
        age: 25,
        ...Object.fromEntries(Array.from({ length: 12 }, (_, i) => [`t${i}`, 'x'.repeat(199)])),
      },
      'traits',
    ],
  ])('%j break a rule of %s', (traits, field) => {
    expect(problem(traits)).toMatchObject({ code: 'validation_error', field });
  });

  test.each(['', '  ', 'x'.repeat(101), 'two\nlines'])('the name %j is refused', (name) => {
    expect(problem({ age: 25 }, name)).toMatchObject({ field: 'name' });
  });

  test('read as text with words as they are spoken', () => {
    const traits = { age: 34, hair_colour: 'auburn', likes: ['tea', 'maps'] };
    expect(profileText({ name: 'Mira', traits })).toBe(
      'Mira\nage 34\nhair colour auburn\nlikes tea, maps',
    );
  });
});
