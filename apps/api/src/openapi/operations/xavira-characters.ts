import type { Answer, Operation, RequestBody, SchemaObject } from '@imprest/platform';
import * as schemas from '../schemas/xavira.js';
import { sortedPageParameters } from './lists.js';

const tag = 'Characters';

const traits = {
  age: 34,
  gender: 'female',
  hair: 'auburn',
  eyes: 'green',
  clothing: 'a linen shirt',
};
export const exampleCharacter = {
  character_id: 'chr_01h5z8k2m4n6p8r0t2v4x6y8z0',
  model_id: 'realistic-sharp',
  name: 'Mira',
  traits,
  created_at: '2026-11-20T09:30:00.000Z',
  updated_at: '2026-11-20T09:30:00.000Z',
};

const profileFields: Readonly<Record<string, SchemaObject>> = {
  name: { description: 'Sealed with the traits; deleting the character destroys it.' },
  traits: {
    description:
      'At most 32 keys and values: texts, numbers, true or false, lists of texts. `age` in whole years is needed; less than 18, in whatever words, is refused.',
  },
};

const createBody: RequestBody = {
  name: 'CharacterRequest',
  fields: {
    model_id: { description: 'Alias of the model of all its pictures. It stays.' },
    ...profileFields,
  },
  examples: {
    portrait: {
      summary: 'A character for portraits',
      value: { model_id: 'realistic-sharp', name: 'Mira', traits },
    },
  },
};

const changesBody: RequestBody = {
  name: 'CharacterChanges',
  fields: profileFields,
  examples: {
    traits: {
      summary: 'Another colour of hair, and no more clothing named',
      value: { traits: { hair: 'grey', clothing: null } },
    },
  },
};

const oneCharacter: Answer = {
  description: 'The character.',
  schema: schemas.character,
  example: exampleCharacter,
};

export const characterOperations = {
  create: {
    id: 'createCharacter',
    tag,
    summary: 'Make a character',
    description: 'Costs nothing. Every later picture of it shows the same fictional adult.',
    headers: ['Idempotency-Key'],
    body: createBody,
    answers: { 201: { ...oneCharacter, headers: ['Idempotency-Replayed'] } },
    errors: ['validation_error', 'content_policy', 'conflict'],
  },
  list: {
    id: 'listCharacters',
    tag,
    summary: 'List characters',
    query: {
      ...sortedPageParameters('-createdAt'),
      cursor: { description: '`next_cursor` of the page before.' },
    },
    answers: {
      200: {
        description: 'A page of characters, newest first.',
        schema: schemas.characterPage,
        example: { characters: [exampleCharacter], next_cursor: null },
      },
    },
  },
  get: {
    id: 'getCharacter',
    tag,
    summary: 'One character',
    answers: { 200: oneCharacter },
    errors: ['not_found'],
  },
  change: {
    id: 'changeCharacter',
    tag,
    summary: 'Change name or traits',
    description:
      'A trait that is named is set, one that is null goes, the others stay. Pictures made before stay as they are.',
    body: changesBody,
    answers: { 200: oneCharacter },
    errors: ['not_found', 'validation_error', 'content_policy', 'conflict'],
  },
  delete: {
    id: 'deleteCharacter',
    tag,
    summary: 'Delete a character',
    description:
      'Its name, traits and looks are gone for good. Its generations stay until they are deleted themselves.',
    answers: { 204: { description: 'It is gone.' } },
    errors: ['not_found'],
  },
} satisfies Record<string, Operation>;
