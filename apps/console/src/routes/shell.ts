import { createRoute, redirect } from '@tanstack/react-router';
import { Shell } from '../layout/shell.tsx';
import { NotFoundPage } from '../pages/not-found-page.tsx';
import {
  isOwner,
  isSignedIn,
  type OperatorRole,
  operates,
  type SignedIn,
  sessionQuery,
} from '../session/session.ts';
import { rootRoute } from './root.ts';

/** Around every page behind the sign-in. */
export const shellRoute = createRoute({
  getParentRoute: () => rootRoute,
  id: 'shell',
  component: Shell,
  beforeLoad: async ({ context, location }): Promise<{ session: SignedIn }> => {
    const session = await context.queryClient.ensureQueryData(sessionQuery);
    if (!isSignedIn(session)) {
      throw redirect({ to: '/sign-in', search: { returnTo: location.href } });
    }
    return { session };
  },
});

/** Where somebody belongs who asked for no page. */
function firstPageOf({ memberships, ...session }: SignedIn): string {
  const [tenant] = memberships;
  const signedIn = { ...session, memberships };
  if (operates(signedIn, 'operations')) return '/operations';
  if (operates(signedIn, 'finance')) return '/finance';
  if (operates(signedIn, 'moderation')) return '/moderation';
  return tenant === undefined ? '/account' : `/t/${tenant.tenantId}`;
}

export const startRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/',
  beforeLoad: ({ context }) => {
    throw redirect({ to: firstPageOf(context.session) as '/account', replace: true });
  },
});

/** Addresses that lead to no page. */
export const otherwiseRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '$',
  component: NotFoundPage,
});

/** `beforeLoad` of an area of the operator's desk. @throws Error for who has no role there */
export function onlyFor(area: Exclude<OperatorRole, 'owner'>) {
  return ({ context }: { context: { session: SignedIn } }) => {
    if (operates(context.session, area)) return;
    throw new Error(`These pages are for operators with the role ${area}.`);
  };
}

/** `beforeLoad` of pages for owners alone. @throws Error for everybody else */
export function onlyForOwners({ context }: { context: { session: SignedIn } }): void {
  if (!isOwner(context.session)) throw new Error('This page is for operators with the role owner.');
}
