import { DomainFailure } from '@imprest/application';
import { domainError } from '@imprest/domain';
import type { FastifyRequest } from 'fastify';

const SAFE_METHODS: ReadonlySet<string> = new Set(['GET', 'HEAD', 'OPTIONS']);

/** Whether a request may change something, and so must not come from another site's page. */
export const changesSomething = ({ method }: Pick<FastifyRequest, 'method'>) =>
  !SAFE_METHODS.has(method);

type Sent = Pick<FastifyRequest, 'headers'>;

/**
 * Whether the page that sends the request is one of ours. Browsers say so in a header that no page can
 * set; older ones, and those on plain http, name the page's origin instead. Schemes are not compared: the
 * proxy that ends TLS is the only one to know.
 */
function isSameOrigin({ headers }: Sent, publicUrl: string | undefined): boolean {
  const site = headers['sec-fetch-site'];
  if (site !== undefined) return site === 'same-origin';
  const { origin, host } = headers;
  if (origin === undefined || !URL.canParse(origin)) return false;
  const hosts = publicUrl === undefined ? [host] : [host, new URL(publicUrl).host];
  return hosts.includes(new URL(origin).host);
}

/** @throws DomainFailure forbidden */
export function demandSameOrigin(request: Sent, publicUrl: string | undefined): void {
  if (isSameOrigin(request, publicUrl)) return;
  const message = 'a request that changes something must come from a page of the console';
  throw new DomainFailure(domainError('forbidden', message));
}
