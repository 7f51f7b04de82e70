import { queryOptions } from '@tanstack/react-query';
import { toApiError } from '../api/api-error.ts';
import { keepCsrfToken } from './csrf-token.ts';

export type TenantRole = 'owner' | 'developer' | 'finance' | 'viewer';
export type OperatorRole = 'owner' | 'finance' | 'operations' | 'moderation';

export interface Membership {
  readonly tenantId: string;
  readonly name: string;
  readonly role: TenantRole;
}

/** Answer of GET /console/api/session; `user` is null before sign-in. */
export interface Session {
  readonly user: {
    readonly id: string;
    readonly email: string;
    readonly hasSecondFactor: boolean;
  } | null;
  readonly operatorRoles: readonly OperatorRole[];
  readonly memberships: readonly Membership[];
  readonly csrfToken: string | null;
  readonly signUpOpen: boolean;
  /** Whether sign-in through OpenID Connect is offered. */
  readonly oidc: boolean;
}

export interface SignedIn extends Session {
  readonly user: NonNullable<Session['user']>;
}

async function fetchSession(): Promise<Session> {
  const response = await fetch('/console/api/session', { credentials: 'same-origin' });
  const body = await response.json().catch(() => null);
  if (!response.ok) {
    throw toApiError(response.status, body, response.headers.get('x-request-id'));
  }
  const session = body as Session;
  keepCsrfToken(session.csrfToken);
  return session;
}

/** Who is signed in. Asked for anew when the window comes back after a minute. */
export const sessionQuery = queryOptions({
  queryKey: ['session'],
  queryFn: fetchSession,
  staleTime: 60_000,
});

export const isSignedIn = (session: Session): session is SignedIn => session.user !== null;

/** Whether the user may enter that part of the operator's desk. */
export function operates(session: Session, area: Exclude<OperatorRole, 'owner'>): boolean {
  return session.operatorRoles.some((role) => role === 'owner' || role === area);
}
