import type { Operation } from '@imprest/platform';
import { uploadedReference } from '../schemas/reference.js';

const tag = 'References';

const example = {
  id: 'ref_5m0q8z1r6t2v9x3a7c1e5g9j3k7m2n6p0r4t8v2x6z',
  mediaType: 'image/png',
  width: 1024,
  height: 768,
  bytes: 182_044,
};

export const referenceOperations = {
  upload: {
    id: 'uploadReference',
    tag,
    summary: 'Upload a reference image',
    description:
      'One `file` of at most 10 MB: a still PNG, JPEG or WebP image. Its id stands wherever the URL of a reference is taken. The same bytes have the same id. Kept as long as images are, from the first upload on.',
    upload: ['multipart/form-data'],
    answers: {
      201: { description: 'It is kept.', schema: uploadedReference, example },
      200: { description: 'It had been uploaded before.', schema: uploadedReference, example },
    },
  },
  erase: {
    id: 'eraseReference',
    tag,
    summary: 'Erase a reference image',
    description: 'Work that still needs it fails and is refunded.',
    answers: { 204: { description: 'It is gone.' } },
    errors: ['not_found'],
  },
} satisfies Record<string, Operation>;
