import type { Operation } from '@imprest/platform';
import { reference } from '../schemas/reference.js';
import { knownReference } from './references.js';

const tag = 'References';
const { person, statement, document, grantedAt, expiresAt } = knownReference.consent;

export const consentOperations = {
  record: {
    id: 'recordReferenceConsent',
    tag,
    summary: 'Record the consent of whom a reference shows',
    description:
      'References that show a real person carry the consent of that person. The same consent again changes nothing; another one is refused while one is in force. Name, statement and document are sealed.',
    body: {
      name: 'NewReferenceConsent',
      fields: {
        person: { description: 'Name of the person whom the image shows.' },
        statement: { description: 'What the person has agreed to.' },
        grantedAt: { description: 'When the person agreed; not in the future.' },
        expiresAt: { description: 'Until when it holds; until it is withdrawn when absent.' },
        document: { description: 'Where the signed document is, in words of your own.' },
      },
      examples: {
        portrait: {
          summary: 'For ten years',
          value: { person, statement, grantedAt, expiresAt, document },
        },
      },
    },
    answers: {
      200: { description: 'It is on record.', schema: reference, example: knownReference },
    },
    errors: ['not_found', 'conflict'],
  },
  withdraw: {
    id: 'withdrawReferenceConsent',
    tag,
    summary: 'Withdraw the consent for a reference',
    description:
      'The image and the texts of its consents are erased; that there was consent, and that it was withdrawn, stays on record. Requests that use the reference are refused from now on, also when the same image is uploaded again, until a new consent is recorded. Safe to repeat.',
    query: { reason: { description: 'Goes on record as it is: name nobody in it.' } },
    answers: { 204: { description: 'It is withdrawn.' } },
    errors: ['not_found'],
  },
} satisfies Record<string, Operation>;
