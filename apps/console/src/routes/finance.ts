import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { tableSearch } from '../search-params.ts';
import { onlyFor, shellRoute } from './shell.ts';

const finance = createRoute({
  getParentRoute: () => shellRoute,
  path: '/finance',
  beforeLoad: onlyFor('finance'),
});

const trialBalance = createRoute({
  getParentRoute: () => finance,
  path: '/',
  validateSearch: tableSearch('tenantId', 'asOf', 'knownAt'),
  component: lazyRouteComponent(
    () => import('../pages/finance/trial-balance.tsx'),
    'TrialBalancePage',
  ),
});

const accounts = createRoute({
  getParentRoute: () => finance,
  path: '/accounts',
  validateSearch: tableSearch('tenantId', 'accountClass', 'account', 'asOf', 'knownAt'),
  component: lazyRouteComponent(() => import('../pages/finance/accounts.tsx'), 'AccountsPage'),
});

const entries = createRoute({
  getParentRoute: () => finance,
  path: '/entries',
  validateSearch: tableSearch('tenantId', 'account', 'lotId', 'generationId', 'from', 'to'),
  component: lazyRouteComponent(() => import('../pages/finance/entries.tsx'), 'EntriesPage'),
});

const revenue = createRoute({
  getParentRoute: () => finance,
  path: '/revenue',
  validateSearch: tableSearch('tenantId', 'month'),
  component: lazyRouteComponent(() => import('../pages/finance/revenue.tsx'), 'RevenuePage'),
});

const lots = createRoute({
  getParentRoute: () => finance,
  path: '/lots',
  validateSearch: tableSearch('tenantId', 'show'),
  component: lazyRouteComponent(() => import('../pages/finance/lots.tsx'), 'LotsPage'),
});

const periods = createRoute({
  getParentRoute: () => finance,
  path: '/periods',
  validateSearch: tableSearch(),
  component: lazyRouteComponent(() => import('../pages/finance/periods.tsx'), 'PeriodsPage'),
});

const seals = createRoute({
  getParentRoute: () => finance,
  path: '/seals',
  validateSearch: tableSearch(),
  component: lazyRouteComponent(() => import('../pages/finance/seals.tsx'), 'SealsPage'),
});

const findings = createRoute({
  getParentRoute: () => finance,
  path: '/findings',
  validateSearch: tableSearch('state', 'source', 'check'),
  component: lazyRouteComponent(() => import('../pages/finance/findings.tsx'), 'FindingsPage'),
});

const reviews = createRoute({
  getParentRoute: () => finance,
  path: '/reviews',
  validateSearch: tableSearch(),
  component: lazyRouteComponent(() => import('../pages/finance/reviews.tsx'), 'ReviewsPage'),
});

const topUps = createRoute({
  getParentRoute: () => finance,
  path: '/top-ups',
  validateSearch: tableSearch('tenantId', 'status', 'provider', 'from', 'to'),
  component: lazyRouteComponent(() => import('../pages/finance/top-ups.tsx'), 'TopUpsPage'),
});

const topUp = createRoute({
  getParentRoute: () => finance,
  path: '/top-ups/$topUpId',
  component: lazyRouteComponent(() => import('../pages/finance/top-up.tsx'), 'TopUpPage'),
});

const manualCredit = createRoute({
  getParentRoute: () => finance,
  path: '/manual-credit',
  component: lazyRouteComponent(
    () => import('../pages/finance/manual-credit.tsx'),
    'ManualCreditPage',
  ),
});

const exports = createRoute({
  getParentRoute: () => finance,
  path: '/exports',
  component: lazyRouteComponent(() => import('../pages/finance/exports.tsx'), 'ExportsPage'),
});

/** Pages of operators with the role finance. */
export const financeRoutes = finance.addChildren([
  trialBalance,
  accounts,
  entries,
  revenue,
  lots,
  periods,
  seals,
  findings,
  reviews,
  topUps,
  topUp,
  manualCredit,
  exports,
]);
