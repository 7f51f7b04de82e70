import type { Operation } from '@imprest/platform';
import { mediaView } from '../schemas/moderation.js';
import { listedCase } from './moderation-examples.js';

const tag = 'Moderation';

const path = `/admin/v1/moderation/cases/${listedCase.id}/media/${listedCase.media[0]?.assetId}/clear`;
const signature = 'x'.repeat(43);

const picture = { type: 'string', format: 'binary', description: 'The picture.' };

export const moderationMediaOperations = {
  blurred: {
    id: 'getBlurredMedia',
    tag,
    summary: 'See what a case is about, blurred',
    description:
      'Grey, small and blurred, made anew by the server. `conflict` for an MP4, which cannot be looked into here; `forbidden` for a known file.',
    answers: {
      200: {
        description: 'The blurred picture.',
        schema: picture,
        mediaType: 'image/webp',
        headers: ['Cache-Control'],
      },
    },
    errors: ['not_found', 'conflict', 'forbidden', 'unavailable'],
  },
  unblur: {
    id: 'unblurMedia',
    tag,
    summary: 'Ask to see it as it is',
    description:
      'An event of the case, with who asked and why, before anything is shown. The answer is good for one minute and for the same operator. A known file is never shown.',
    body: {
      name: 'Unblurring',
      fields: { reason: { description: 'Goes on record.' } },
      examples: { one: { summary: 'One', value: { reason: 'the blur hides the scene' } } },
    },
    answers: {
      200: {
        description: 'Where it is shown, and until when.',
        schema: mediaView,
        example: {
          path: `${path}?expires=1795167060&signature=${signature}`,
          expiresAt: '2026-11-20T09:31:00.000Z',
        },
      },
    },
    errors: ['not_found', 'conflict', 'forbidden'],
  },
  clear: {
    id: 'getClearMedia',
    tag,
    summary: 'See it as it is',
    description:
      'At the path that an unblurring gave, by the same operator, for a minute. Pictures are made anew, 1,024 pixels a side at most; an MP4 is as it came.',
    query: {
      expires: { description: 'Until when, in Unix seconds.' },
      signature: { description: 'Of case, image, operator and time.' },
    },
    answers: {
      200: {
        description: 'The picture or clip.',
        schema: picture,
        mediaType: 'image/webp',
        orMediaTypes: ['video/mp4'],
        headers: ['Cache-Control'],
      },
    },
    errors: ['not_found', 'forbidden', 'unavailable'],
  },
} satisfies Record<string, Operation>;
