import type { Money, Tokens } from '../shared/tokens.js';
import type {
  CreditProposed,
  PaymentDisputed,
  PaymentRefunded,
  ReviewCause,
  TopUpEvent,
  TopUpTerms,
} from './events.js';

export type TopUpStatus =
  | 'none'
  | 'requested'
  | 'open'
  | 'pending'
  | 'under_review'
  | 'confirmed'
  | 'credited'
  | 'refused'
  | 'expired'
  | 'failed'
  | 'refunded'
  | 'disputed'
  | 'charged_back';

export interface Credit {
  readonly tokens: Tokens;
  /** What was paid for these tokens; more may have been received. */
  readonly paid: Money;
  /** Who decided on it; nobody had to when the payment was as it should be. */
  readonly operators: readonly string[];
}

export interface Dispute {
  readonly disputeId: string;
  readonly amount: Money;
  readonly tokens: Tokens;
  readonly reason: string;
  readonly status: 'open' | 'won' | 'lost';
}

export interface RefundRequest {
  readonly requestId: string;
  readonly amount: Money;
  readonly status: 'requested' | 'done' | 'failed';
}

/**
 * Never changed in place: a top-up has a dozen events, and decisions look ahead by folding some of them.
 * Every `bigint` stands under `tokens` or `minorUnits`, which is what its JSON form goes by.
 */
export interface TopUpState {
  readonly status: TopUpStatus;
  readonly tenantId: string;
  readonly provider: string;
  readonly terms: TopUpTerms | null;
  /** ISO 8601. */
  readonly expiresAt: string;
  readonly returnUrl: string | null;
  readonly checkout: { readonly id: string; readonly url: string | null } | null;
  readonly payment: { readonly id: string; readonly received: Money } | null;
  readonly review: {
    readonly cause: ReviewCause;
    readonly proposal: CreditProposed['data'] | null;
  } | null;
  readonly credit: Credit | null;
  /** Once the tokens are on the account. */
  readonly lotId: string | null;
  readonly refunds: readonly PaymentRefunded['data'][];
  readonly refundRequests: readonly RefundRequest[];
  readonly disputes: readonly Dispute[];
  /** Tokens that refunds and disputes took out of the credit, in their order and under their ids. */
  readonly takings: readonly { readonly id: string; readonly tokens: Tokens }[];
  /** Tokens that won disputes gave back, under their ids. */
  readonly givenBack: readonly { readonly id: string; readonly tokens: Tokens }[];
  /** Of a refusal, an expiry or a failure. */
  readonly reason: string | null;
}

export function initialTopUp(): TopUpState {
  return {
    status: 'none',
    tenantId: '',
    provider: '',
    terms: null,
    expiresAt: '',
    returnUrl: null,
    checkout: null,
    payment: null,
    review: null,
    credit: null,
    lotId: null,
    refunds: [],
    refundRequests: [],
    disputes: [],
    takings: [],
    givenBack: [],
    reason: null,
  };
}

export const refundedMinorUnits = ({ refunds }: TopUpState): bigint =>
  refunds.reduce((sum, { amount }) => sum + amount.minorUnits, 0n);

/** What the top-up amounts to after money went back or tokens came in. */
function settledStatus(state: TopUpState): TopUpStatus {
  const { credit, lotId, disputes, payment } = state;
  const worth = (credit?.paid ?? payment?.received)?.minorUnits;
  const isRefunded = worth !== undefined && refundedMinorUnits(state) >= worth;
  if (credit === null) return isRefunded ? 'refunded' : state.status;
  if (disputes.some(({ status }) => status === 'lost')) return 'charged_back';
  if (disputes.some(({ status }) => status === 'open')) return 'disputed';
  if (isRefunded) return 'refunded';
  return lotId === null ? 'confirmed' : 'credited';
}

function settled(state: TopUpState): TopUpState {
  const status = settledStatus(state);
  // There is nothing left to decide on once all money has gone back.
  const isOver = state.credit === null && status === 'refunded';
  return { ...state, status, review: isOver ? null : state.review };
}

function refund(state: TopUpState, data: PaymentRefunded['data']): TopUpState {
  const refundRequests = state.refundRequests.map((request) =>
    request.requestId === data.requestId ? { ...request, status: 'done' as const } : request,
  );
  const takings = [...state.takings, { id: data.refundId, tokens: data.tokens }];
  return settled({ ...state, refundRequests, refunds: [...state.refunds, data], takings });
}

function dispute(state: TopUpState, data: PaymentDisputed['data']): TopUpState {
  const takings = [...state.takings, { id: data.disputeId, tokens: data.tokens }];
  const disputes = [...state.disputes, { ...data, status: 'open' as const }];
  return settled({ ...state, disputes, takings });
}

function closeDispute(state: TopUpState, disputeId: string, status: 'won' | 'lost'): TopUpState {
  const disputes = state.disputes.map((each) =>
    each.disputeId === disputeId ? { ...each, status } : each,
  );
  return settled({ ...state, disputes });
}

function withPayment(state: TopUpState, paymentId: string, received: Money): TopUpState {
  return { ...state, payment: { id: paymentId, received } };
}

/** What happens until the credit is decided. */
function evolvePayment(state: TopUpState, event: TopUpEvent): TopUpState | undefined {
  switch (event.type) {
    case 'TopUpRequested':
      return { ...state, status: 'requested', ...event.data };
    case 'CheckoutOpened': {
      const { checkoutId: id, url, expiresAt } = event.data;
      const status = state.status === 'requested' ? 'open' : state.status;
      return { ...state, status, checkout: { id, url }, expiresAt };
    }
    case 'PaymentSeen': {
      const { paymentId, received } = event.data;
      return { ...withPayment(state, paymentId, received), status: 'pending' };
    }
    case 'PaymentConfirmed': {
      const { paymentId, received } = event.data;
      const tokens = state.terms?.tokens ?? 0n;
      const credit = { tokens, paid: received, operators: [] };
      return { ...withPayment(state, paymentId, received), status: 'confirmed', credit };
    }
    case 'PutUnderReview': {
      const { cause, paymentId, received } = event.data;
      const status = state.credit === null ? 'under_review' : state.status;
      return {
        ...withPayment(state, paymentId, received),
        status,
        review: { cause, proposal: null },
      };
    }
    case 'TopUpExpired':
      return { ...state, status: 'expired', reason: event.data.reason };
    case 'TopUpFailed':
      return { ...state, status: 'failed', reason: event.data.reason };
    default:
      return undefined;
  }
}

/** What happens from the review or the credit on. */
function evolveCredit(state: TopUpState, event: TopUpEvent): TopUpState | undefined {
  switch (event.type) {
    case 'CreditProposed':
      return {
        ...state,
        review: state.review === null ? null : { ...state.review, proposal: event.data },
      };
    case 'ReviewDecided': {
      const { decision, tokens, paid, operators, reason } = event.data;
      if (decision === 'credit') {
        return settled({ ...state, review: null, reason, credit: { tokens, paid, operators } });
      }
      const status = state.credit === null ? 'refused' : state.status;
      return { ...state, status, review: null, reason };
    }
    case 'TokensCredited':
      return settled({ ...state, lotId: event.data.lotId });
    case 'RefundRequested': {
      const { requestId, amount } = event.data;
      const request = { requestId, amount, status: 'requested' } as const;
      return { ...state, refundRequests: [...state.refundRequests, request] };
    }
    case 'RefundFailed': {
      const { requestId } = event.data;
      const refundRequests = state.refundRequests.map((request) =>
        request.requestId === requestId ? { ...request, status: 'failed' as const } : request,
      );
      return { ...state, refundRequests };
    }
    case 'PaymentRefunded':
      return refund(state, event.data);
    case 'PaymentDisputed':
      return dispute(state, event.data);
    case 'DisputeWon': {
      const { disputeId, tokens } = event.data;
      const givenBack = [...state.givenBack, { id: disputeId, tokens }];
      return closeDispute({ ...state, givenBack }, disputeId, 'won');
    }
    case 'DisputeLost':
      return closeDispute(state, event.data.disputeId, 'lost');
    default:
      return undefined;
  }
}

export function evolveTopUp(state: TopUpState, event: TopUpEvent): TopUpState {
  return evolvePayment(state, event) ?? evolveCredit(state, event) ?? state;
}
