import { count, flag, list, object, oneOf, orNull, text, url } from './schema.js';

const taskId = text('Id of the task.', {
  pattern: '^task_[0-9a-z]{26}$',
  examples: ['task_01h5z8k2m4n6p8r0t2v4x6y8z0'],
});
const seconds = (description: string) =>
  count(`${description} Unix seconds.`, { examples: [1_760_000_000] });

const data = list(
  {
    description: 'One image, in the form that `response_format` asked for.',
    anyOf: [
      object('An image to fetch.', { url: url('Signed; needs no key, lives 23 hours.') }),
      object('An image in the answer itself.', { b64_json: text('Base64 of the image file.') }),
    ],
  },
  'The images in their order. One that storage lost is left out and given back.',
);

const cost = object('What was held for the request, and what of it came back.', {
  tokens: count('Tokens held when the request was accepted.'),
  refunded: count('Tokens given back: all of them when the work failed.'),
});

export const xenodiaImages = object('The images, in the form of OpenAI’s answer.', {
  created: seconds('When the request was accepted.'),
  data,
  cost,
});

export const xenodiaTask = object(
  'Work under way or done.',
  {
    task_id: taskId,
    object: oneOf(['task'], 'Always `task`.'),
    model: text('Alias of the model.'),
    type: oneOf(['image'], 'Always `image`.'),
    state: oneOf(['waiting', 'running', 'success', 'failed'], 'Done are `success` and `failed`.'),
    created_at: seconds('When the request was accepted.'),
    poll_url: text('Path of this task.'),
    finished_at: seconds('When the work ended.'),
    data: {
      ...data,
      description: 'As in the answer to whoever waits; empty once the URLs are dead.',
    },
    error: object('Why the work failed.', {
      code: text('A code of this dialect’s errors, or `cancelled`.'),
      message: text('For people.'),
    }),
    cost,
  },
  ['finished_at', 'data', 'error', 'cost'],
);

const anyModel = {
  max_prompt_characters: count('The longest prompt.'),
  seed: flag('Whether a caller may choose the seed.'),
  output_formats: list(text('A format.'), 'Values of `output_format`.'),
};

const unitOfPrice = {
  unit: oneOf(['token'], 'Always `token`.'),
  version: text('Version of the price list.'),
};

const imageCapabilities = object('Of a model that makes images.', {
  kind: oneOf(['image'], 'Always `image`.'),
  ...anyModel,
  sizes: list(text('`WxH`.'), '`WxH` of every resolution in every aspect ratio.'),
  custom_sizes: orNull(
    object('Bounds of any other `WxH`; null when only `sizes` are sold.', {
      min_side: count('Pixels of the shorter side at least.'),
      max_pixels: count('Pixels in all at most.'),
    }),
  ),
  aspect_ratios: list(text('Width to height.'), 'Values of `aspect_ratio`.'),
  resolutions: list(text('A name.'), 'Values of `resolution`.'),
  max_n: count('The most images of one request; with references at most 15 together.'),
  max_references: count('The most reference images.'),
  multipart: flag('Whether files may be sent along.'),
  edits: flag('Whether `POST /v1/images/edits` takes it.'),
  response_formats: list(text('A form.'), 'Values of `response_format`.'),
  price: object(
    'Whole tokens for one image.',
    {
      ...unitOfPrice,
      per_image: {
        type: 'object',
        description: 'By resolution; `custom` is any other size.',
        additionalProperties: { type: 'integer', minimum: 0 },
      },
      by_resolution: {
        type: 'object',
        description:
          'By `resolution` of the uncensored dialect. Absent where that dialect pays as for `custom`.',
        additionalProperties: object('By `quality`.', {
          medium: count('Tokens for one image.'),
          high: count('Tokens for one image.'),
        }),
      },
    },
    ['by_resolution'],
  ),
});

const clipSeconds = (description: string) => count(description, { minimum: 1 });

const videoCapabilities = object(
  'Of a model that sets an image of an earlier generation in motion.',
  {
    kind: oneOf(['video'], 'Always `video`.'),
    ...anyModel,
    min_seconds: clipSeconds('The shortest clip.'),
    max_seconds: clipSeconds('The longest clip.'),
    default_seconds: clipSeconds('Of a request that names no duration.'),
    max_side: count('Pixels of the longer side at most.'),
    frames_per_second: count('Frames.'),
    price: object(
      'Whole tokens, for a clip or for each second of it.',
      {
        ...unitOfPrice,
        per_clip: count('For a clip, however long.'),
        per_second: count('For each second.'),
      },
      ['per_clip', 'per_second'],
    ),
  },
);

const capabilities = {
  description: 'What the model takes and costs. Anything else is refused with 400.',
  anyOf: [imageCapabilities, videoCapabilities],
};

export const xenodiaModel = object('A model for sale.', {
  id: text('Alias of the model.'),
  object: oneOf(['model'], 'Always `model`.'),
  created: count('Always 0: not known.'),
  owned_by: text('Always `imprest`.'),
  capabilities,
});

export const xenodiaModels = object('All models for sale here and in the native dialect.', {
  object: oneOf(['list'], 'Always `list`.'),
  data: list(xenodiaModel, 'In the order of the price list.'),
});
