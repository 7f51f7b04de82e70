import { type DomainError, validationError } from '@imprest/domain';

/** Names in lower case. */
export type EndpointHeaders = Readonly<Record<string, string>>;

export const MAX_ENDPOINT_HEADERS = 8;
const NAME = /^x-[a-z0-9][a-z0-9-]{0,62}$/;
const VALUE = /^[\x21-\x7e](?:[\x20-\x7e]{0,254}[\x21-\x7e])?$/;
/** What signs a delivery, what says where it comes from, and what may turn it into another request. */
const RESERVED =
  /^x-(?:xmode|xavira|imprest|forwarded|real-ip|client-ip|original|rewrite|http-method|method-override)/;

/**
 * The rule that headers of an endpoint break, if they do. Only `x-…` may be added: nothing of the connection
 * (RFC 9110, section 7.6.1), no host, no credentials in a field that others read, nothing of a signature.
 */
export function headersProblem(headers: EndpointHeaders): DomainError | undefined {
  const entries = Object.entries(headers);
  if (entries.length > MAX_ENDPOINT_HEADERS) {
    return validationError('headers', `must be at most ${MAX_ENDPOINT_HEADERS}`);
  }
  for (const [name, value] of entries) {
    if (!NAME.test(name) || RESERVED.test(name)) {
      return validationError('headers', 'must be named x-… and none that is reserved');
    }
    if (typeof value !== 'string' || !VALUE.test(value)) {
      return validationError('headers', 'must have values of 1 to 256 visible ASCII characters');
    }
  }
  return undefined;
}

/** With names as they are stored. */
export function lowerCased(headers: EndpointHeaders): EndpointHeaders {
  return Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]),
  );
}
