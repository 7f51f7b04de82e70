import type { Operation } from '@imprest/platform';

const image = {
  schema: { type: 'string', format: 'binary', description: 'The image or clip.' },
  mediaType: 'image/*',
  orMediaTypes: ['video/mp4'],
};

export const assetOperations = {
  get: {
    id: 'getAsset',
    tag: 'Images',
    summary: 'Fetch an image or a clip',
    description:
      'Under the signed URL of a record; needs no key. A forged, expired or deleted one answers 404.',
    headers: ['Range'],
    query: {
      exp: { type: 'integer', description: 'When the URL dies, in Unix seconds.' },
      kid: { type: 'string', description: 'Which key signed it.' },
      sig: { type: 'string', description: 'Signature of path and expiry.' },
    },
    answers: {
      200: { description: 'The whole image.', ...image, headers: ['Cache-Control'] },
      206: {
        description: 'The part asked for.',
        ...image,
        headers: ['Cache-Control', 'Content-Range'],
      },
      416: { description: 'The range lies outside the image.', headers: ['Content-Range'] },
    },
    errors: ['not_found', 'unavailable'],
  },
} satisfies Record<string, Operation>;
