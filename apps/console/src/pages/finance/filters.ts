import type { Filter } from '../../components/index.ts';

export const TENANT_FILTER: Filter = {
  id: 'tenantId',
  label: 'Tenant',
  kind: 'text',
  placeholder: 'Id of a tenant',
};

/** The two clocks of the books. */
export const CLOCK_FILTERS: readonly Filter[] = [
  { id: 'asOf', label: 'As it stood at the end of', kind: 'day' },
  { id: 'knownAt', label: 'As it was known at the end of', kind: 'day' },
];

export const CLASS_FILTER: Filter = {
  id: 'accountClass',
  label: 'Class',
  kind: 'choice',
  options: [
    'cash-clearing',
    'deferred-revenue',
    'promotional',
    'held',
    'revenue',
    'refunds',
    'breakage',
    'charge-backs',
    'promotional-issued',
    'promotional-used',
  ],
};
