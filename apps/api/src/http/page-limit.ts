import { DomainFailure } from '@imprest/application';
import { validationError } from '@imprest/domain';

const DEFAULT_LIMIT = 20;
const MAX_LIMIT = 100;

/** @throws DomainFailure */
export function pageLimit(
  text: string | undefined,
  usual = DEFAULT_LIMIT,
  most = MAX_LIMIT,
): number {
  if (text === undefined) return usual;
  const limit = Number(text);
  if (limit >= 1 && limit <= most) return limit;
  throw new DomainFailure(validationError('limit', `must be 1 to ${most}`));
}

/** @throws DomainFailure */
export function time(field: string, text: string | undefined): Date | undefined {
  if (text === undefined) return undefined;
  const date = new Date(text);
  const year = date.getUTCFullYear();
  if (/^\d{4}-\d{2}-\d{2}/.test(text) && year >= 1970 && year <= 9999) return date;
  throw new DomainFailure(validationError(field, 'must be an ISO 8601 time'));
}
