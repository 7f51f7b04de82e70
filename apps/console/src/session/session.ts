import { type QueryClient, queryOptions } from '@tanstack/react-query';
import { keepCsrfToken } from './csrf-token.ts';
import { callSession } from './session-calls.ts';

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
    /** False for who comes by link or through OpenID Connect. */
    readonly hasPassword: boolean;
  } | null;
  /** The password was right, the code of the second factor is still to come. */
  readonly secondFactorPending: boolean;
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
  const session = await callSession<Session>('GET', '');
  keepCsrfToken(session.csrfToken);
  return session;
}

/** Who is signed in. Asked for anew when the window comes back after a minute. */
export const sessionQuery = queryOptions({
  queryKey: ['session'],
  queryFn: fetchSession,
  staleTime: 60_000,
});

/** Takes over a session that a call has answered with. */
export function keepSession(queries: QueryClient, session: Session): void {
  keepCsrfToken(session.csrfToken);
  queries.setQueryData(sessionQuery.queryKey, session);
}

export const isSignedIn = (session: Session): session is SignedIn => session.user !== null;

/** Whether the user says who else is an operator. */
export const isOwner = ({ operatorRoles }: Session): boolean => operatorRoles.includes('owner');

/** Whether the user may enter that part of the operator's desk. */
export function operates(session: Session, area: Exclude<OperatorRole, 'owner'>): boolean {
  return session.operatorRoles.some((role) => role === 'owner' || role === area);
}
