import { createHmac, randomUUID } from 'node:crypto';
import type { SignedNotification } from './btcpay-stub.js';
import { type StubAnswer, type StubRequest, StubServer } from './stub-server.js';

type Status = 'open' | 'complete' | 'expired';

interface Intent {
  readonly id: string;
  readonly object: 'payment_intent';
  status: string;
}

interface Session {
  readonly id: string;
  readonly object: 'checkout.session';
  readonly amount_total: number;
  readonly currency: string;
  readonly created: number;
  readonly expires_at: number;
  readonly metadata: Readonly<Record<string, string>>;
  readonly client_reference_id: string | null;
  url: string | null;
  status: Status;
  payment_status: 'paid' | 'unpaid' | 'no_payment_required';
  payment_intent: Intent | null;
}

interface Refund {
  readonly id: string;
  readonly object: 'refund';
  readonly payment_intent: string;
  readonly amount: number;
  readonly currency: string;
  readonly created: number;
  readonly metadata: Readonly<Record<string, string>>;
  status: string;
}

interface Dispute {
  readonly id: string;
  readonly object: 'dispute';
  readonly payment_intent: string;
  readonly amount: number;
  readonly currency: string;
  readonly created: number;
  readonly reason: string;
  status: string;
}

interface Idempotent {
  readonly form: string;
  readonly answer: StubAnswer;
}

const id = (prefix: string) => `${prefix}_${randomUUID().replaceAll('-', '')}`;

function refusal(status: number, type: string, code?: string): StubAnswer {
  return { status, body: { error: { type, code, message: 'refused by the stub' } } };
}

/**
 * Stripe as its API reference describes it, as far as Checkout, refunds, disputes and webhooks go: forms in,
 * JSON out, idempotency keys, lists by pages. Tests play the payer and the bank.
 */
export class StripeStub {
  readonly apiKey = `rk_test_${'s'.repeat(24)}`;
  readonly webhookSecret = `whsec_${'w'.repeat(32)}`;
  readonly sessions: Session[] = [];
  readonly refunds: Refund[] = [];
  readonly disputes: Dispute[] = [];
  /** At most this many on a page, whatever is asked for. */
  pageSize = 100;
  private readonly idempotent = new Map<string, Idempotent>();

  private constructor(
    readonly server: StubServer,
    private readonly now: () => Date,
  ) {}

  static async start(now: () => Date): Promise<StripeStub> {
    let stub: StripeStub | undefined;
    const server = await StubServer.start((request) => (stub as StripeStub).answer(request));
    stub = new StripeStub(server, now);
    return stub;
  }

  session(sessionId: string): Session {
    const session = this.sessions.find((each) => each.id === sessionId);
    if (session === undefined) throw new Error(`the stub has no session ${sessionId}`);
    return session;
  }

  /** The payer completes the session; a payment by `processing` takes days to succeed or fail. */
  pay(sessionId: string, status: 'succeeded' | 'processing' = 'succeeded'): void {
    const session = this.session(sessionId);
    session.status = 'complete';
    session.url = null;
    session.payment_status = status === 'succeeded' ? 'paid' : 'unpaid';
    session.payment_intent ??= { id: id('pi'), object: 'payment_intent', status };
    session.payment_intent.status = status;
  }

  /** A payment under way does not come after all. */
  fail(sessionId: string): void {
    const { payment_intent: intent } = this.session(sessionId);
    if (intent !== null) intent.status = 'requires_payment_method';
  }

  expire(sessionId: string): void {
    const session = this.session(sessionId);
    session.status = 'expired';
    session.url = null;
  }

  refund(sessionId: string, amount: number, status = 'succeeded'): Refund {
    const { payment_intent: intent, currency } = this.session(sessionId);
    const refund: Refund = {
      ...{ id: id('re'), object: 'refund', payment_intent: intent?.id ?? '', amount, currency },
      ...{ created: this.seconds(), metadata: {}, status },
    };
    this.refunds.unshift(refund);
    return refund;
  }

  dispute(sessionId: string, amount: number, status = 'needs_response'): Dispute {
    const { payment_intent: intent, currency } = this.session(sessionId);
    const dispute: Dispute = {
      ...{ id: id('dp'), object: 'dispute', payment_intent: intent?.id ?? '', amount, currency },
      ...{ created: this.seconds(), reason: 'fraudulent', status },
    };
    this.disputes.unshift(dispute);
    return dispute;
  }

  /** An event with its object as it is now, signed at `at`. */
  notification(
    type: string,
    object: object,
    { eventId = id('evt'), secret = this.webhookSecret, at = this.seconds() } = {},
  ): SignedNotification {
    const body = Buffer.from(
      JSON.stringify({ id: eventId, object: 'event', type, created: at, data: { object } }),
    );
    const hex = createHmac('sha256', secret).update(`${at}.`).update(body).digest('hex');
    return { body, headers: { 'stripe-signature': `t=${at},v1=${hex},v0=${'0'.repeat(64)}` } };
  }

  close(): Promise<void> {
    return this.server.close();
  }

  private seconds(): number {
    return Math.floor(this.now().getTime() / 1_000);
  }

  private answer(request: StubRequest): StubAnswer {
    if (request.headers.authorization !== `Bearer ${this.apiKey}`) {
      return refusal(401, 'invalid_request_error');
    }
    if (request.headers['stripe-version'] === undefined) {
      return refusal(400, 'invalid_request_error', 'version_missing');
    }
    return request.method === 'POST' ? this.once(request) : this.read(request);
  }

  private once(request: StubRequest): StubAnswer {
    const key = request.headers['idempotency-key']?.toString();
    const known = key === undefined ? undefined : this.idempotent.get(key);
    if (known !== undefined) {
      return known.form === request.body ? known.answer : refusal(400, 'idempotency_error');
    }
    const answer = this.write(request);
    if (key !== undefined) this.idempotent.set(key, { form: request.body, answer });
    return answer;
  }

  private write({ url: { pathname }, body }: StubRequest): StubAnswer {
    const form = new URLSearchParams(body);
    if (pathname === '/v1/checkout/sessions') return this.createSession(form);
    if (pathname === '/v1/refunds') return this.createRefund(form);
    return refusal(404, 'invalid_request_error');
  }

  private createSession(form: URLSearchParams): StubAnswer {
    const amount = Number(form.get('line_items[0][price_data][unit_amount]'));
    const expires = Number(form.get('expires_at'));
    const seconds = this.seconds();
    const inTime = expires >= seconds + 1_800 && expires <= seconds + 86_400;
    if (form.get('mode') !== 'payment' || !Number.isSafeInteger(amount) || !inTime) {
      return refusal(400, 'invalid_request_error', 'parameter_invalid');
    }
    if (form.get('success_url') === null) {
      return refusal(400, 'invalid_request_error', 'parameter_missing');
    }
    const sessionId = id('cs_test');
    const session: Session = {
      ...{ id: sessionId, object: 'checkout.session', amount_total: amount },
      currency: form.get('line_items[0][price_data][currency]') ?? '',
      ...{ created: seconds, expires_at: expires, status: 'open', payment_status: 'unpaid' },
      metadata: { top_up: form.get('metadata[top_up]') ?? '' },
      client_reference_id: form.get('client_reference_id'),
      url: `https://checkout.stripe.com/c/pay/${sessionId}`,
      payment_intent: null,
    };
    this.sessions.unshift(session);
    return { status: 200, body: session };
  }

  private createRefund(form: URLSearchParams): StubAnswer {
    const intent = form.get('payment_intent') ?? '';
    const session = this.sessions.find((each) => each.payment_intent?.id === intent);
    if (session === undefined) return refusal(404, 'invalid_request_error', 'resource_missing');
    const amount = Number(form.get('amount'));
    const gone = this.refunds.reduce(
      (sum, each) => (each.payment_intent === intent ? sum + each.amount : sum),
      amount,
    );
    if (gone > session.amount_total) {
      return refusal(400, 'invalid_request_error', 'charge_already_refunded');
    }
    const refund = { ...this.refund(session.id, amount) };
    const metadata = { request: form.get('metadata[request]') ?? '' };
    this.refunds[0] = { ...refund, metadata };
    return { status: 200, body: this.refunds[0] };
  }

  private read({ url }: StubRequest): StubAnswer {
    const { pathname, searchParams: query } = url;
    const expanded = [...query].some(([name, value]) => /^expand\[/.test(name) && value !== '');
    const shown = (session: Session) =>
      expanded ? session : { ...session, payment_intent: session.payment_intent?.id ?? null };
    if (pathname === '/v1/checkout/sessions') {
      const intentOf = ({ payment_intent: intent }: Session) => intent?.id;
      return this.page(this.sessions, query, intentOf, shown);
    }
    if (pathname === '/v1/refunds')
      return this.page(this.refunds, query, (each) => each.payment_intent);
    if (pathname === '/v1/disputes') {
      return this.page(this.disputes, query, (each) => each.payment_intent);
    }
    const session = this.sessions.find((each) => `/v1/checkout/sessions/${each.id}` === pathname);
    if (session === undefined) return refusal(404, 'invalid_request_error', 'resource_missing');
    return { status: 200, body: shown(session) };
  }

  /** Newest first. */
  private page<T extends { readonly id: string; readonly created: number }>(
    all: readonly T[],
    query: URLSearchParams,
    intentOf: (item: T) => string | undefined,
    shown: (item: T) => unknown = (item) => item,
  ): StubAnswer {
    const intent = query.get('payment_intent');
    const since = Number(query.get('created[gte]') ?? 0);
    const after = query.get('starting_after');
    const limit = Math.min(Number(query.get('limit') ?? 10), this.pageSize);
    const matching = all.filter(
      (item) => (intent === null || intentOf(item) === intent) && item.created >= since,
    );
    const from = after === null ? 0 : matching.findIndex((item) => item.id === after) + 1;
    const data = matching.slice(from, from + limit);
    const has_more = matching.length > from + limit;
    return { status: 200, body: { object: 'list', data: data.map(shown), has_more } };
  }
}
