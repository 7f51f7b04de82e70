import { keyedFingerprint } from '../keyed-fingerprint.js';
import type { SignInChecks } from '../ports/identity-provider.js';
import type { Secrets } from '../secrets.js';
import { newToken } from './session-tokens.js';

/** Time to find a password and a telephone elsewhere. */
export const TICKET_MS = 10 * 60_000;

const TICKET = /^([0-9a-z]{1,11})\.[A-Za-z0-9_-]{43}$/;

/** What a browser keeps while its person is at an identity provider: a moment and chance. */
export const newTicket = (nowMs: number) => `${nowMs.toString(36)}.${newToken()}`;

/** Whether such a ticket was handed out so short a time ago that it counts. */
export function isTicketValid(ticket: string, nowMs: number): boolean {
  const madeMs = Number.parseInt(TICKET.exec(ticket)?.[1] ?? '', 36);
  return madeMs <= nowMs && nowMs - madeMs < TICKET_MS;
}

/**
 * All of them follow from the ticket, and from nothing that its holder knows: nothing has to be kept, and who
 * makes up a ticket does not know the state that goes with it.
 */
export function checksOf(
  secrets: Pick<Secrets, 'pseudonymPepper'>,
  ticket: string,
  redirectUri: string,
): SignInChecks {
  const derive = (purpose: string) => keyedFingerprint(secrets, ['sign-in', purpose, ticket]);
  return {
    redirectUri,
    state: derive('state'),
    nonce: derive('nonce'),
    codeVerifier: derive('code verifier'),
  };
}
