import { defaultApiKeyScopes, domainError, validationError } from '@imprest/domain';
import { DomainFailure } from '../domain-failure.js';
import { type ApiKeyTerms, DEFAULT_REQUESTS_PER_MINUTE } from './api-keys.js';
import type { Principal } from './authenticate-api-key.js';

type Delegator = Pick<Principal, 'scopes' | 'models' | 'requestsPerMinute'>;
type Wanted = Partial<ApiKeyTerms> & Pick<ApiKeyTerms, 'name'>;

/**
 * Terms of a key that a tenant issues for itself: without scopes or models of its own it has the issuer's, but for the
 * scopes that a key is given by name only.
 * @throws DomainFailure forbidden for what the issuer lacks, validation_error for too many requests
 */
export function delegatedTerms(issuer: Delegator, wanted: Wanted): ApiKeyTerms {
  const own = issuer.models === null ? null : [...issuer.models];
  const terms = {
    name: wanted.name,
    scopes: wanted.scopes ?? defaultApiKeyScopes.filter((scope) => issuer.scopes.has(scope)),
    models: wanted.models ?? own,
    expiresAt: wanted.expiresAt ?? null,
  };
  mayHandOn(issuer, terms);
  const most = Math.max(issuer.requestsPerMinute, DEFAULT_REQUESTS_PER_MINUTE);
  const { requestsPerMinute = DEFAULT_REQUESTS_PER_MINUTE } = wanted;
  if (requestsPerMinute <= most) return { ...terms, requestsPerMinute };
  throw new DomainFailure(validationError('requestsPerMinute', `must be at most ${most}`));
}

/** Whoever sees a key can do what it may: nobody gets hold of more than he has. @throws DomainFailure forbidden */
export function mayHandOn(
  issuer: Delegator,
  { scopes, models }: Required<Pick<ApiKeyTerms, 'scopes' | 'models'>>,
): void {
  const lacking = scopes.filter((scope) => !issuer.scopes.has(scope));
  if (lacking.length > 0) {
    const message = `whoever asks lacks scopes of the key: ${lacking.join(', ')}`;
    const details = { scope: lacking.join(' ') };
    throw new DomainFailure(domainError('forbidden', message, { details }));
  }
  const own = issuer.models;
  if (own === null || models?.every((model) => own.has(model))) return;
  const message = `whoever asks may use these models only: ${[...own].join(', ')}`;
  throw new DomainFailure(domainError('forbidden', message));
}
