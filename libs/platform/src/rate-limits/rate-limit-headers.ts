import { DomainFailure, type RateStanding, type RateVerdict } from '@imprest/application';
import { domainError } from '@imprest/domain';
import type { FastifyReply } from 'fastify';

const WINDOW_SECONDS = 60;

const seconds = (ms: number) => Math.ceil(ms / 1000);

/** The limit that will be reached first. */
function tightest(standings: readonly RateStanding[]): RateStanding | undefined {
  let found = standings[0];
  for (const standing of standings) {
    if (found !== undefined && standing.remaining < found.remaining) found = standing;
  }
  return found;
}

/**
 * `X-RateLimit-*` of the tightest limit, and all of them as `RateLimit` and `RateLimit-Policy`
 * (draft-ietf-httpapi-ratelimit-headers-10). @throws DomainFailure rate_limited
 */
export function answerRateVerdict({ allowed, standings }: RateVerdict, reply: FastifyReply): void {
  const first = tightest(standings);
  if (first === undefined) return;
  const { name, limit, remaining, endsAtMs, leftMs } = first;
  reply.header('x-ratelimit-limit', limit);
  reply.header('x-ratelimit-remaining', remaining);
  reply.header('x-ratelimit-reset', seconds(endsAtMs));
  let policy = '';
  let state = '';
  for (const standing of standings) {
    const separator = policy === '' ? '' : ', ';
    policy += `${separator}"${standing.name}";q=${standing.limit};w=${WINDOW_SECONDS}`;
    state += `${separator}"${standing.name}";r=${standing.remaining};t=${seconds(standing.leftMs)}`;
  }
  reply.header('ratelimit-policy', policy);
  reply.header('ratelimit', state);
  if (allowed) return;
  const retryAfter = Math.min(59, Math.max(1, seconds(leftMs)));
  reply.header('retry-after', retryAfter);
  const message = `this ${name} may make ${limit} requests a minute`;
  throw new DomainFailure(domainError('rate_limited', message, { details: { retryAfter } }));
}
