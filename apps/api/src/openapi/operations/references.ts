import type { Operation } from '@imprest/platform';
import { reference, uploadedReference } from '../schemas/reference.js';

const tag = 'References';

const example = {
  id: 'ref_5m0q8z1r6t2v9x3a7c1e5g9j3k7m2n6p0r4t8v2x6z',
  mediaType: 'image/png',
  width: 1024,
  height: 768,
  bytes: 182_044,
};

const { id, mediaType, bytes } = example;

export const knownReference = {
  ...{ id, mediaType, bytes },
  consent: {
    id: 'cns_01h5z8k2m4n6p8r0t2v4x6y8z0',
    state: 'in_force',
    basis: 'signed_document',
    grantedAt: '2025-06-01T09:00:00.000Z',
    expiresAt: '2035-06-01T09:00:00.000Z',
    person: 'Ines Example',
    statement: 'My portrait may be used for pictures in the autumn catalogue.',
    document: 'Folder 12, release of 1 June 2025',
  },
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
  get: {
    id: 'getUploadedReference',
    tag,
    summary: 'One reference image',
    description: 'What it is, and the consent of whom it shows.',
    answers: {
      200: { description: 'The reference.', schema: reference, example: knownReference },
    },
    errors: ['not_found'],
  },
  erase: {
    id: 'eraseReference',
    tag,
    summary: 'Erase a reference image',
    description:
      'Work that still needs it fails and is refunded. The texts of its consents are erased; that there was consent stays on record.',
    answers: { 204: { description: 'It is gone.' } },
    errors: ['not_found'],
  },
} satisfies Record<string, Operation>;
