import type { Answer, Operation, RequestBody, SchemaObject } from '@imprest/platform';
import * as schemas from '../schemas/xavira.js';
import { pageParameters } from './lists.js';

const tag = 'Characters';

const traits = {
  age: 34,
  gender: 'female',
  hair: 'auburn',
  eyes: 'green',
  clothing: 'a linen shirt',
};
const exampleCharacter = {
  character_id: 'chr_01h5z8k2m4n6p8r0t2v4x6y8z0',
  model_id: 'realistic-sharp',
  name: 'Mira',
  traits,
  created_at: '2026-11-20T09:30:00.000Z',
  updated_at: '2026-11-20T09:30:00.000Z',
};

export const exampleGeneration = {
  generation_id: 'req_01h5z8k2m4n6p8r0t2v4x6y8z0',
  status: 'completed',
  output_url:
    'https://imprest.example.com/assets/img_01h5z8k6q8s0t2v4w6x8y0z2a4?exp=253402300799&kid=k1&sig=Zm9yIGV4YW1wbGU',
  enhanced_prompt:
    'highly detailed photograph, an adult woman of 34 years with auburn hair, green eyes, in a library, low warm sunlight shortly before sunset\nNegative prompt: blurred, low resolution',
  cost_credits: 1,
  refunded_credits: 0,
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

const user: SchemaObject = {
  description:
    'The end user who is responsible: an e-mail, or a name of your own. The key itself when absent.',
};

const imageBody: RequestBody = {
  name: 'XaviraImageRequest',
  fields: {
    character_id: { description: 'Who is shown.' },
    prompt: {
      description:
        'What else is shown. Short labels such as "three-quarter portrait" or "golden hour" are expanded.',
    },
    resolution: { default: '896x1152', description: 'Width and height in pixels.' },
    raw_prompt: { default: false, description: 'True: the prompt reaches the model as it is.' },
    user,
  },
  examples: {
    portrait: {
      summary: 'A portrait',
      value: {
        character_id: exampleCharacter.character_id,
        prompt: 'three-quarter portrait, golden hour, in a library',
        resolution: '896x1152',
      },
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
      ...pageParameters,
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

export const imageOperations = {
  generate: {
    id: 'generateCharacterImage',
    tag,
    summary: 'Ask for an image of a character',
    description:
      'Holds the price and waits for the image. When the work takes longer than the operator lets requests wait the answer is 202 and the work goes on: poll the generation.',
    headers: ['Idempotency-Key'],
    body: imageBody,
    answers: {
      201: {
        description: 'The image.',
        schema: schemas.generation,
        headers: ['Idempotency-Replayed'],
        example: exampleGeneration,
      },
      202: {
        description: 'The work goes on.',
        schema: schemas.generation,
        headers: ['Idempotency-Replayed'],
        example: { ...exampleGeneration, status: 'processing', output_url: null },
      },
    },
    errors: ['insufficient_balance', 'content_policy', 'conflict', 'not_found', 'provider_error'],
  },
} satisfies Record<string, Operation>;

const videoBody: RequestBody = {
  name: 'XaviraVideoRequest',
  fields: {
    generation_id: { description: 'A completed image.' },
    prompt: { description: 'How it moves.' },
    duration: { description: 'Whole seconds; as many as the model makes when absent.' },
    user,
  },
  examples: {
    clip: {
      summary: 'Two seconds',
      value: { generation_id: exampleGeneration.generation_id, duration: 2 },
    },
  },
};

export const videoOperations = {
  generate: {
    id: 'generateCharacterVideo',
    tag,
    summary: 'Ask for a video of an image',
    description: 'Holds the price and answers at once: poll the generation, or register a webhook.',
    headers: ['Idempotency-Key'],
    body: videoBody,
    answers: {
      202: {
        description: 'Accepted: the work is queued.',
        schema: schemas.generation,
        headers: ['Idempotency-Replayed'],
        example: {
          ...exampleGeneration,
          status: 'queued',
          output_url: null,
          enhanced_prompt: 'a slow turn of the head',
          cost_credits: 5,
        },
      },
    },
    errors: ['insufficient_balance', 'content_policy', 'conflict', 'not_found'],
  },
} satisfies Record<string, Operation>;
