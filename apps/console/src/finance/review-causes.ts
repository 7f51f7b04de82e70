import type { components } from '../api/openapi.ts';

type Cause = NonNullable<components['schemas']['TopUpForOperators']['review']>['cause'];

const CAUSES: Readonly<Record<Cause, string>> = {
  late: 'The price came after its time.',
  partial: 'Less than the price came.',
  over_paid: 'More than the price came.',
  amount_mismatch: 'Another currency came.',
  marked_by_hand: 'Somebody marked it as paid at the provider.',
  manual_credit: 'Recorded by hand, above what one operator may credit.',
};

/** Why no rule could decide on a payment. */
export const reviewCause = (cause: Cause): string => CAUSES[cause];
