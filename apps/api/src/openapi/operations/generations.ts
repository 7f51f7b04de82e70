import { DEFAULT_SEQUENTIAL_IMAGES } from '@imprest/domain';
import type { Operation, RequestBody, SchemaObject } from '@imprest/platform';
import * as schemas from '../schemas/generation.js';
import { generation as xaviraGeneration } from '../schemas/xavira.js';
import * as examples from './examples.js';
import { sortedPageParameters, timeRange } from './lists.js';

const tag = 'Generations';

const fields: Readonly<Record<string, SchemaObject>> = {
  endUserEmail: { description: 'The end user who is responsible for the request. Lowercased.' },
  prompt: {
    description:
      'Up to about 2,000 tokens. Call reference images image_1, image_2 and so on. Required, but for a video.',
  },
  model: { description: 'Alias of a model; the operator’s default when absent.' },
  references: {
    description:
      'HTTPS URLs of 1 to 10 images of at most 10 MB each, or ids of uploads; one may stand alone.',
  },
  size: {
    default: '2K',
    description:
      '`2K`, `4K`, or `WxH` with 3,600,000 to 16,777,216 pixels in all and sides of at most 16 to 1.',
  },
  aspectRatio: {
    default: 'auto',
    description:
      'Under a preset only: 2K is 2048x2048, 2560x1440 or 1440x2560, 4K is 4096x4096, 5504x3040 or 3040x5504. `auto` takes the shape of the first reference, else square. Ignored with `WxH`.',
  },
  n: {
    default: 1,
    description: 'Images; each of them is billed. References and images are at most 15 together.',
  },
  seed: {
    description:
      'The same seed, prompt, model and parameters give the same output. Chosen at random when absent; the record says which.',
  },
  watermark: { default: false, description: 'A small mark in the corner.' },
  guidanceScale: { default: 7.5, description: 'How closely to follow the prompt.' },
  responseFormat: {
    default: 'url',
    description: '`b64_json` puts the images into the record instead of URLs.',
  },
  sequential: {
    default: 'disabled',
    description: '`auto` makes a connected series; never together with `n` above 1.',
  },
  sequentialOptions: { description: 'Only with `sequential: "auto"`.' },
  'sequentialOptions.maxImages': {
    default: DEFAULT_SEQUENTIAL_IMAGES,
    description: 'The most images to make; each one made is billed.',
  },
  sourceRequestId: {
    description:
      'Asks for a video: a clip that sets an image of this earlier generation in motion. It must have succeeded and neither be deleted nor have expired. Only `prompt` may be missing then.',
  },
  sourceImage: { description: 'Of a video: index of the image; the first one when absent.' },
  duration: {
    description:
      'Of a video: whole seconds, within the bounds of its model; its default when absent.',
  },
  startBy: {
    description:
      'When a worker must have begun: seconds from now, or a time with its offset. Missed, the work fails with `deadline_missed` and costs nothing.',
  },
  finishBy: {
    description:
      'When the work must have ended, as `startBy`. Work under way is stopped; it costs nothing either.',
  },
  webhookUrl: {
    description:
      'Public HTTPS URL that gets the final record. Private, loopback and link-local addresses are refused.',
  },
};

const bodyExamples = {
  minimal: { summary: 'Nothing but what is required', value: examples.minimalBody },
  full: { summary: 'Two large images after a reference', value: examples.fullBody },
  video: { summary: 'A clip of an earlier image', value: examples.videoBody },
};

const body: RequestBody = { name: 'GenerationRequest', fields, examples: bodyExamples };

const acceptance: Operation['answers'] = {
  200: {
    description: 'With `Prefer: wait=N`: the work ended in time.',
    schema: schemas.generation,
    headers: ['Idempotency-Replayed', 'Preference-Applied'],
    example: examples.record,
  },
  202: {
    description: 'Accepted: the price is held and the work is queued.',
    schema: schemas.receipt,
    headers: ['Idempotency-Replayed', 'Preference-Applied'],
    example: examples.receipt,
  },
};

const recordAnswer = {
  200: { description: 'The record.', schema: schemas.generation, example: examples.record },
};

export const generationOperations = {
  submit: {
    id: 'createGeneration',
    tag,
    summary: 'Ask for images or a video',
    description:
      'Holds the price and answers at once; the images follow in the record. Send an `Idempotency-Key` to be able to repeat the call without paying twice, and `Prefer: wait=30` to wait for the record. Fields that are not listed are ignored.',
    headers: ['Idempotency-Key', 'Prefer'],
    body,
    answers: acceptance,
    errors: ['insufficient_balance', 'budget_exceeded', 'content_policy', 'conflict', 'not_found'],
  },
  estimate: {
    id: 'estimateGeneration',
    tag,
    summary: 'Price of a request',
    description: 'Takes the body of a request and says what it would cost. Takes no token.',
    body,
    answers: {
      200: { description: 'The price.', schema: schemas.estimate, example: examples.estimate },
    },
  },
  get: {
    id: 'getGeneration',
    tag,
    summary: 'Record of a generation',
    description:
      'Poll it every 5 seconds until it is terminal, or follow its events. What was asked for in the xavira dialect is told in that one; `dialect` chooses another.',
    query: {
      dialect: { description: 'In whose words; of the dialect that asked for it when absent.' },
    },
    answers: {
      200: {
        ...recordAnswer[200],
        schema: { oneOf: [schemas.generation, xaviraGeneration] },
      },
    },
    errors: ['not_found'],
  },
  events: {
    id: 'streamGeneration',
    tag,
    summary: 'Follow a generation',
    description:
      'Server-sent events from the beginning, or after `Last-Event-ID`; ends after the record. `queue` and `preview` are of the moment: they have no id and are not sent again. The data of `queue` is `queue` of a queued record, with its `waiting` inside.',
    headers: ['Last-Event-ID'],
    query: {
      previews: {
        description:
          '`true` adds events `preview`: what an image looks like before it is finished, where its provider shows that and it may be shown.',
      },
    },
    answers: {
      200: {
        description: 'A stream of events; the data of each is JSON.',
        schema: schemas.progressEvents,
        mediaType: 'text/event-stream',
        example: examples.progressStream,
      },
    },
    errors: ['not_found', 'validation_error'],
  },
  cancel: {
    id: 'cancelGeneration',
    tag,
    summary: 'Cancel a generation',
    description:
      'Ends queued or running work and gives the tokens back. Safe to repeat; 409 when it has ended otherwise.',
    answers: recordAnswer,
    errors: ['not_found', 'conflict'],
  },
  rerun: {
    id: 'rerunGeneration',
    tag,
    summary: 'Ask for the same again',
    description:
      'A new generation from the input of another one; fields of the body replace its fields.',
    headers: ['Idempotency-Key', 'Prefer'],
    body: {
      name: 'GenerationOverrides',
      fields,
      examples: {
        again: { summary: 'Exactly the same', value: {} },
        variant: { summary: 'Another seed', value: { seed: 7 } },
      },
    },
    answers: acceptance,
    errors: ['not_found', 'insufficient_balance', 'budget_exceeded', 'content_policy', 'conflict'],
  },
  erase: {
    id: 'deleteGeneration',
    tag,
    summary: 'Delete a generation',
    description:
      'Destroys the keys of its prompt and images; nobody can read them any more. The ledger keeps the amounts. Work under way has to be cancelled before.',
    answers: { 204: { description: 'Gone.' } },
    errors: ['not_found', 'conflict'],
  },
} satisfies Record<string, Operation>;

export const generationFilters: Readonly<Record<string, SchemaObject>> = {
  ...sortedPageParameters('-createdAt'),
  ...timeRange,
  endUserEmail: { description: 'Requests of one end user.' },
  id: { description: 'The one with this id.' },
  status: { description: 'Requests in one status.' },
  model: { description: 'Requests for one model.' },
};

export const generationListOperations = {
  list: {
    id: 'listGenerations',
    tag,
    summary: 'List generations',
    description: 'Newest first. Read from a projection that follows within a moment.',
    query: generationFilters,
    answers: {
      200: {
        description: 'A page of records.',
        schema: schemas.generationPage,
        example: { generations: [examples.record], nextCursor: null },
      },
    },
  },
} satisfies Record<string, Operation>;
