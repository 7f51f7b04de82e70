import { errorCodes } from './error.js';
import { count, flag, list, object, oneOf, orNull, page, text, timestamp, url } from './schema.js';
import { waiting } from './work.js';

const requestId = text('Id of the generation.', {
  pattern: '^req_[0-9a-z]{26}$',
  examples: ['req_01h5z8k2m4n6p8r0t2v4x6y8z0'],
});
const model = text('Alias of the model.', { examples: ['xSD4.5'] });
const prompt = text('The prompt as it was sent.');
const endUserEmail = text('The responsible end user, lowercased.', { format: 'email' });
const referencesCount = count('Number of reference images.', { maximum: 10 });
const createdAt = timestamp('When the request was accepted.');
const pollUrl = url('Absolute URL of the record.');

export const receipt = object('The request is accepted and its price is held.', {
  requestId,
  model,
  status: oneOf(['queued'], 'Always `queued`.'),
  prompt,
  referencesCount,
  endUserEmail,
  createdAt,
  pollUrl,
});

const asked = {
  description: 'As it was asked for: seconds from then, or a time.',
  type: ['string', 'integer'],
};
const askedDeadlines = { startBy: asked, finishBy: asked };

const videoInput = object(
  'A request for a video with every default filled in.',
  {
    endUserEmail,
    prompt: text('The prompt as it was sent; may be empty.'),
    model,
    sourceRequestId: text('Generation whose image is set in motion.'),
    sourceImage: count('Index of that image.', { maximum: 14 }),
    duration: count('Seconds.', { minimum: 1 }),
    seed: count('The seed that was used.'),
    watermark: flag('Whether a small mark stands in the corner.'),
    guidanceScale: { type: 'number', description: 'How closely to follow the prompt.' },
    webhookUrl: url('Where the final record is sent. Absent when there is no webhook.'),
    ...askedDeadlines,
  },
  ['webhookUrl', ...Object.keys(askedDeadlines)],
);

const imageInput = object(
  'A request for images with every default filled in. Sent again, it gives the same images.',
  {
    endUserEmail,
    prompt,
    model,
    references: list(
      text('URL it was fetched from, or id of an upload.'),
      'In the order of the request.',
    ),
    size: text('`2K`, `4K` or `WxH`.', { examples: ['2K'] }),
    aspectRatio: oneOf(['auto', 'square', 'landscape', 'portrait'], 'Counts under a preset only.'),
    n: count('Number of images.', { minimum: 1, maximum: 15 }),
    seed: count('The seed that was used, chosen at random when the request named none.'),
    watermark: flag('Whether a small mark stands in the corner.'),
    guidanceScale: { type: 'number', description: 'How closely to follow the prompt.' },
    responseFormat: oneOf(['url', 'b64_json'], 'How images are given back.'),
    sequential: oneOf(['auto', 'disabled'], 'Whether the images are a connected series.'),
    sequentialOptions: object('Only with `sequential: "auto"`.', {
      maxImages: count('The most images to make.', { minimum: 1, maximum: 15 }),
    }),
    webhookUrl: url('Where the final record is sent. Absent when there is no webhook.'),
    ...askedDeadlines,
  },
  ['sequentialOptions', 'webhookUrl', ...Object.keys(askedDeadlines)],
);

const input = {
  description: 'The request with every default filled in.',
  anyOf: [imageInput, videoInput],
};

const id = text('Id of the image.');
const expiresAt = timestamp('When the URL dies: 23 hours after the work ended.');

const storedOutput = {
  sha256: text('SHA-256 in hex of the file as it is handed out, marks included.'),
  thumbnailUrl: url('A WebP of at most 512 pixels a side, signed. Absent where there is none.'),
};
const MAY_BE_MISSING = ['thumbnailUrl'];

const image = {
  description: 'One image. An image that storage lost is not charged.',
  anyOf: [
    object(
      'An image to fetch.',
      { id, expiresAt, url: url('Signed; needs no key.'), ...storedOutput },
      MAY_BE_MISSING,
    ),
    object(
      'An image in the record itself.',
      { id, expiresAt, b64_json: text('Base64 of the image file.'), ...storedOutput },
      MAY_BE_MISSING,
    ),
    object('An image that storage lost.', {
      id,
      error: object('Why there is no image.', {
        code: oneOf(['storage_failed'], 'Always `storage_failed`.'),
      }),
    }),
  ],
};

const video = object(
  'A clip to fetch.',
  {
    id: text('Id of the clip.'),
    expiresAt,
    url: url('Signed; needs no key. Takes ranges.'),
    ...storedOutput,
    mediaType: oneOf(['video/mp4', 'image/webp'], 'WebP is animated.'),
    width: count('Pixels.'),
    height: count('Pixels.'),
    durationSeconds: count('Seconds.'),
  },
  MAY_BE_MISSING,
);

const atSomeTime = orNull(
  timestamp('Null while something other than the line holds it, such as no worker for its model.'),
);

const queuePlace = object(
  'Where it stands in fair order, if nobody else comes. Only of a queued record that is polled, and not while the queue is asked too often.',
  {
    position: count('From 1.', { minimum: 1 }),
    share: {
      type: 'number',
      minimum: 0,
      maximum: 1,
      description: 'Part of the workers that its tenant has while all wait who wait now.',
    },
    estimatedStart: atSomeTime,
    estimatedFinish: atSomeTime,
    errorSeconds: orNull(count('How far off the finish is likely to be, either way.')),
  },
);

const failure = object(
  'Why the work failed.',
  {
    code: oneOf(errorCodes, 'The same codes as in an HTTP error.'),
    message: text('For people.'),
    retryable: flag('Whether the same request may succeed later.'),
    retryAfter: count('Seconds after which a retry makes sense, when that is known.'),
  },
  ['retryAfter'],
);

export const generation = object(
  'The record of a generation. A webhook delivers the same bytes.',
  {
    requestId,
    model,
    status: oneOf(
      ['queued', 'processing', 'succeeded', 'failed', 'cancelled', 'expired'],
      'Terminal are `succeeded`, `failed`, `cancelled` and `expired`, which is a success of more than 23 hours ago: its URLs are dead.',
    ),
    prompt,
    referencesCount,
    endUserEmail,
    createdAt,
    pollUrl,
    finishedAt: timestamp('When the work ended. Only in a terminal record.'),
    redriveOf: text('Of work that failed and is done once more: the generation that failed.'),
    deadlines: object(
      'By when the work must have begun and ended. Only where its request said so.',
      {
        startBy: timestamp('A worker must have begun.'),
        finishBy: timestamp('The work must have ended.'),
      },
      ['startBy', 'finishBy'],
    ),
    input,
    images: list(image, 'In the order of their index. Only when `succeeded`.'),
    videos: list(video, 'One clip, in place of `images` when a video was asked for.'),
    error: failure,
    cost: object(
      'What was held for the request, and what of it came back.',
      {
        xTokens: count('Tokens held when the request was accepted.'),
        refunded: count('Tokens given back: all of them when the work failed or was cancelled.'),
        lots: list(
          object('What one lot paid.', {
            lotId: text('Id of the lot.'),
            tokens: count('Tokens.'),
          }),
          'Which lots paid what was charged. Only when something was.',
        ),
      },
      ['lots'],
    ),
    queue: queuePlace,
    waiting: {
      ...waiting,
      description: 'What keeps it from beginning. Beside `queue`.',
    },
  },
  [
    'pollUrl',
    'finishedAt',
    'redriveOf',
    'deadlines',
    'images',
    'videos',
    'error',
    'queue',
    'waiting',
  ],
);

export const generationPage = page('generations', generation, 'Records, newest first.');

export const estimate = object('The exact price of a request at this moment.', {
  model,
  size: text('`2K`, `4K` or `WxH`; `auto` for a video.'),
  images: count('Images that would be billed; a video is one.', { minimum: 1, maximum: 15 }),
  xTokensPerImage: count('Tokens for one image, or for the video.'),
  xTokens: count('Tokens that would be held.'),
  priceBookVersion: text('Version of the price list.', { examples: ['2026-11'] }),
});

export const progressEvents = text(
  'Server-sent events: `queued`, `queue`, `started`, `progress`, `preview` when it is asked for, `attempt_failed`, `image`, and at last an event named after the terminal status with the record as its data.',
);
