import { domainError } from '@imprest/domain';
import { DomainFailure } from '../domain-failure.js';

/** Signs in whoever starts the product. Nobody gets mail there. */
export const FIRST_OPERATOR = 'operator@imprest.localhost';

const RESERVED = domainError(
  'conflict',
  `${FIRST_OPERATOR} is kept for whoever runs the product: use another address`,
);

/** An account that somebody made under it would be taken for the operator's. @throws DomainFailure conflict */
export function demandUnreserved(email: string): void {
  if (email === FIRST_OPERATOR) throw new DomainFailure(RESERVED);
}
