import { count, object, oneOf, text } from './schema.js';

export const uploadedReference = object('An uploaded reference image.', {
  id: text('To be sent where the URL of a reference is taken.', {
    pattern: '^ref_[0-9a-z]{42}$',
  }),
  mediaType: oneOf(['image/png', 'image/jpeg', 'image/webp'], 'What its bytes are.'),
  width: count('Pixels.'),
  height: count('Pixels.'),
  bytes: count('Size of the file.'),
});
