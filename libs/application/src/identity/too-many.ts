import { domainError } from '@imprest/domain';
import { DomainFailure } from '../domain-failure.js';

/** The refusal of what was done too often, which says when it may be done again. */
export function tooMany(what: string, until: Date, now: Date): DomainFailure {
  const retryAfter = Math.ceil((until.getTime() - now.getTime()) / 1000);
  const message = `${what}: try again in ${retryAfter} seconds`;
  return new DomainFailure(domainError('rate_limited', message, { details: { retryAfter } }));
}
