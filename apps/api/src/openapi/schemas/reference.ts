import { count, object, oneOf, orNull, text, timestamp } from './schema.js';

const id = text('To be sent where the URL of a reference is taken.', {
  pattern: '^ref_[0-9a-z]{42}$',
});
const mediaType = oneOf(['image/png', 'image/jpeg', 'image/webp'], 'What its bytes are.');
const bytes = count('Size of the file.');

export const uploadedReference = object('An uploaded reference image.', {
  id,
  mediaType,
  width: count('Pixels.'),
  height: count('Pixels.'),
  bytes,
});

const consent = object(
  'The latest consent of the person whom it shows; null when none was ever recorded.',
  {
    id: text('Id of the consent.'),
    state: oneOf(
      ['in_force', 'expired', 'withdrawn'],
      'What it is worth now. Requests are refused unless it is in force.',
    ),
    basis: oneOf(['statement', 'signed_document'], 'What it rests on.'),
    grantedAt: timestamp('When the person agreed.'),
    expiresAt: orNull(timestamp('Until when it holds; null until it is withdrawn.')),
    person: orNull(text('Name of the person; null once it is erased.')),
    statement: orNull(text('What the person has agreed to; null once it is erased.')),
    document: orNull(text('Where the signed document is; null once it is erased, or without one.')),
  },
);

export const reference = object('An uploaded reference image and its consent.', {
  id,
  mediaType: orNull(mediaType),
  bytes: orNull(bytes),
  consent: orNull(consent),
});
