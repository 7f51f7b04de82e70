import { defaultApiKeyScopes, domainError, validationError } from '@imprest/domain';
import { DomainFailure } from '../domain-failure.js';
import { type ApiKeyTerms, DEFAULT_REQUESTS_PER_MINUTE } from './api-keys.js';
import type { Principal } from './authenticate-api-key.js';

type Delegator = Pick<Principal, 'scopes' | 'models' | 'expiresAt' | 'requestsPerMinute'>;
type Wanted = Partial<ApiKeyTerms> & Pick<ApiKeyTerms, 'name'>;
type HandedOn = Required<Omit<ApiKeyTerms, 'name'>>;

/**
 * Terms of a key that a tenant issues for itself: without scopes, models or end of its own it has the issuer's, but for
 * the scopes that a key is given by name only.
 * @throws DomainFailure forbidden for what the issuer lacks, validation_error for too many requests or too late an end
 */
export function delegatedTerms(issuer: Delegator, wanted: Wanted): ApiKeyTerms {
  const own = issuer.models === null ? null : [...issuer.models];
  const terms = {
    name: wanted.name,
    scopes: wanted.scopes ?? defaultApiKeyScopes.filter((scope) => issuer.scopes.has(scope)),
    models: wanted.models ?? own,
    expiresAt: wanted.expiresAt ?? issuer.expiresAt,
    requestsPerMinute: wanted.requestsPerMinute ?? DEFAULT_REQUESTS_PER_MINUTE,
  };
  mayUse(issuer, terms);
  if (terms.requestsPerMinute > mostRequests(issuer)) {
    const rule = `must be at most ${mostRequests(issuer)}`;
    throw new DomainFailure(validationError('requestsPerMinute', rule));
  }
  if (outlives(terms, issuer)) {
    const rule = `must be no later than the end of the key that issues it, ${issuer.expiresAt}`;
    throw new DomainFailure(validationError('expiresAt', rule));
  }
  return terms;
}

/** Whoever sees a key can do what it may: nobody gets hold of more than he has. @throws DomainFailure forbidden */
export function mayHandOn(issuer: Delegator, terms: HandedOn): void {
  mayUse(issuer, terms);
  if (terms.requestsPerMinute > mostRequests(issuer)) {
    throw forbidden(`whoever asks may hand on ${mostRequests(issuer)} requests a minute at most`);
  }
  if (outlives(terms, issuer)) {
    throw forbidden(`whoever asks may hand on no key that lasts beyond ${issuer.expiresAt}`);
  }
}

function mayUse(issuer: Delegator, { scopes, models }: Pick<HandedOn, 'scopes' | 'models'>): void {
  const lacking = scopes.filter((scope) => !issuer.scopes.has(scope));
  if (lacking.length > 0) {
    const message = `whoever asks lacks scopes of the key: ${lacking.join(', ')}`;
    throw forbidden(message, { details: { scope: lacking.join(' ') } });
  }
  const own = issuer.models;
  if (own === null || models?.every((model) => own.has(model))) return;
  throw forbidden(`whoever asks may use these models only: ${[...own].join(', ')}`);
}

const mostRequests = (issuer: Delegator) =>
  Math.max(issuer.requestsPerMinute, DEFAULT_REQUESTS_PER_MINUTE);

function outlives({ expiresAt }: Pick<HandedOn, 'expiresAt'>, issuer: Delegator): boolean {
  if (issuer.expiresAt === null) return false;
  return expiresAt === null || Date.parse(expiresAt) > Date.parse(issuer.expiresAt);
}

function forbidden(message: string, more?: Parameters<typeof domainError>[2]): DomainFailure {
  return new DomainFailure(domainError('forbidden', message, more));
}
