import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { rootRoute } from './root.ts';
import { shellRoute } from './shell.ts';

/** Pages of this console alone: an address elsewhere would let anybody send people away from here. */
function returnTo(search: Readonly<Record<string, unknown>>): { returnTo?: string } {
  const to = search.returnTo;
  return typeof to === 'string' && /^\/(?![/\\])/.test(to) ? { returnTo: to } : {};
}

/** Code of what went wrong at the identity provider. */
function signInSearch(search: Readonly<Record<string, unknown>>) {
  const { problem } = search;
  return { ...returnTo(search), ...(typeof problem === 'string' && { problem }) };
}

const signIn = createRoute({
  getParentRoute: () => rootRoute,
  path: '/sign-in',
  validateSearch: signInSearch,
  component: lazyRouteComponent(() => import('../pages/account/sign-in.tsx'), 'SignInPage'),
});

const signInLink = createRoute({
  getParentRoute: () => rootRoute,
  path: '/sign-in/link',
  component: lazyRouteComponent(
    () => import('../pages/account/sign-in-link.tsx'),
    'SignInLinkPage',
  ),
});

const signUp = createRoute({
  getParentRoute: () => rootRoute,
  path: '/sign-up',
  component: lazyRouteComponent(() => import('../pages/account/sign-up.tsx'), 'SignUpPage'),
});

const invitation = createRoute({
  getParentRoute: () => rootRoute,
  path: '/invitation',
  validateSearch: signInSearch,
  component: lazyRouteComponent(() => import('../pages/account/invitation.tsx'), 'InvitationPage'),
});

/** Pages before the sign-in. */
export const signInRoutes = [signIn, signInLink, signUp, invitation] as const;

const account = createRoute({
  getParentRoute: () => shellRoute,
  path: '/account',
  component: lazyRouteComponent(() => import('../pages/account/account.tsx'), 'AccountPage'),
});

/** Pages of the user. */
export const accountRoutes = [account] as const;
