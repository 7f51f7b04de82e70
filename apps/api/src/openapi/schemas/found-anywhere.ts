import { anyKinds } from '../../admin/find/found-anywhere.js';
import { list, object, oneOf, orNull, text } from './schema.js';

const found = object('What goes by the id.', {
  kind: oneOf(anyKinds, 'What it is.'),
  id: text('Its id.'),
  tenantId: orNull(text('Whose it is; null where it is no tenant’s, or does not say.')),
  path: text('Where the API tells of it.'),
});

export const foundAnywhere = object('What goes by an id.', {
  found: list(found, 'Empty when there is nothing.'),
});
