import { validationError } from '@imprest/domain';
import { DomainFailure } from '../domain-failure.js';

const MAX_CHARACTERS = 254;
/** What a mail server may take further: one @, no blanks, a domain with a dot. */
const EMAIL = /^[^\s@"<>(),:;\\[\]]{1,64}@[^\s@"<>(),:;\\[\]]+\.[^\s@."<>(),:;\\[\]]+$/u;

/** The one spelling in which addresses are kept and compared. @throws DomainFailure validation_error */
export function foldEmail(text: string): string {
  const email = text.normalize('NFKC').trim().toLowerCase();
  if (email.length <= MAX_CHARACTERS && EMAIL.test(email)) return email;
  throw new DomainFailure(validationError('email', 'must be an e-mail address'));
}
