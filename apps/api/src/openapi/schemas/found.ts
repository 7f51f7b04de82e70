import { foundKinds } from '../../find/found.js';
import { list, object, oneOf, orNull, text } from './schema.js';

const found = object('Something of yours.', {
  kind: oneOf(foundKinds, 'What it is.'),
  id: text('Its id.'),
  name: orNull(text('What people know it by; null where it has no name.')),
  path: text('Where the API tells of it.', { examples: ['/v1/generations/req_…'] }),
});

export const foundThings = object('What goes by an id.', {
  found: list(found, 'Empty when there is nothing, or nothing that you may see.'),
});
