import { createHmac, randomUUID } from 'node:crypto';
import { type StubAnswer, type StubRequest, StubServer } from './stub-server.js';

interface Invoice {
  readonly id: string;
  readonly storeId: string;
  readonly amount: string;
  readonly currency: string;
  readonly metadata: { readonly orderId?: string };
  readonly checkout: object;
  readonly checkoutLink: string;
  readonly createdTime: number;
  readonly expirationTime: number;
  paidAmount: string;
  status: 'New' | 'Processing' | 'Settled' | 'Expired' | 'Invalid';
  additionalStatus: 'None' | 'PaidLate' | 'PaidPartial' | 'PaidOver' | 'Marked' | 'Invalid';
}

interface PullPayment {
  readonly id: string;
  readonly name: string;
  readonly amount: string;
  readonly currency: string;
}

/** A signed message as a provider sends it. */
export interface SignedNotification {
  readonly body: Buffer;
  readonly headers: Readonly<Record<string, string>>;
}

const notFound: StubAnswer = { status: 404, body: { code: 'not-found', message: 'not found' } };

/**
 * A BTCPay Server as its Greenfield API describes it, as far as invoices, refunds and webhooks go. Tests play
 * the payer and the chain.
 */
export class BtcpayStub {
  readonly apiKey = 'b'.repeat(40);
  readonly storeId = '9CiNzKoANXxmk5ayZngSXrHTiVvvgCrwrpFQd4m2K776';
  readonly webhookSecret = 'btcpay-webhook-secret';
  readonly invoices = new Map<string, Invoice>();
  readonly pullPayments: PullPayment[] = [];
  private constructor(
    readonly server: StubServer,
    private readonly now: () => Date,
  ) {}

  static async start(now: () => Date): Promise<BtcpayStub> {
    let stub: BtcpayStub | undefined;
    const server = await StubServer.start((request) => (stub as BtcpayStub).answer(request));
    stub = new BtcpayStub(server, now);
    return stub;
  }

  /** Money arrives. Without `status` it settles when it is the price. */
  pay(
    invoiceId: string,
    paidAmount: string,
    how: Partial<Pick<Invoice, 'status' | 'additionalStatus'>> = {},
  ): void {
    const invoice = this.invoice(invoiceId);
    Object.assign(invoice, { paidAmount, status: 'Settled', additionalStatus: 'None', ...how });
  }

  expire(invoiceId: string): void {
    this.invoice(invoiceId).status = 'Expired';
  }

  /** A webhook about an invoice. A redelivery names the delivery it repeats. */
  notification(
    type: string,
    invoiceId: string,
    originalDeliveryId: string = randomUUID(),
    secret = this.webhookSecret,
  ): SignedNotification {
    const body = Buffer.from(
      JSON.stringify({
        deliveryId: randomUUID(),
        webhookId: 'wh_1',
        originalDeliveryId,
        isRedelivery: false,
        type,
        timestamp: Math.floor(this.now().getTime() / 1_000),
        storeId: this.storeId,
        invoiceId,
        metadata: {},
      }),
    );
    const hex = createHmac('sha256', secret).update(body).digest('hex');
    return { body, headers: { 'btcpay-sig': `sha256=${hex}` } };
  }

  close(): Promise<void> {
    return this.server.close();
  }

  private invoice(id: string): Invoice {
    const invoice = this.invoices.get(id);
    if (invoice === undefined) throw new Error(`the stub has no invoice ${id}`);
    return invoice;
  }

  private answer(request: StubRequest): StubAnswer {
    if (request.headers.authorization !== `token ${this.apiKey}`) {
      return { status: 401, body: { code: 'unauthenticated', message: 'no such key' } };
    }
    const store = `/api/v1/stores/${this.storeId}/`;
    if (!request.url.pathname.startsWith(store)) return notFound;
    const [collection, id, part] = request.url.pathname.slice(store.length).split('/');
    if (collection === 'pull-payments') return { status: 200, body: this.pullPayments };
    if (collection !== 'invoices') return notFound;
    if (id === undefined)
      return request.method === 'POST' ? this.create(request) : this.list(request);
    const invoice = this.invoices.get(id);
    if (invoice === undefined) return notFound;
    if (part === 'refund') return this.refund(request);
    if (part === 'payment-methods') return { status: 200, body: methodsOf(invoice) };
    return { status: 200, body: invoice };
  }

  private create({ body }: StubRequest): StubAnswer {
    const { amount, currency, metadata = {}, checkout } = JSON.parse(body);
    if (!/^\d+(\.\d+)?$/.test(amount) || !/^[A-Z]{3}$/.test(currency)) {
      return { status: 422, body: [{ path: 'amount', message: 'Invalid amount' }] };
    }
    const id = randomUUID().replaceAll('-', '').slice(0, 22);
    const createdTime = Math.floor(this.now().getTime() / 1_000);
    const invoice: Invoice = {
      ...{ id, storeId: this.storeId, amount, currency, metadata, checkout, createdTime },
      checkoutLink: `${this.server.url}/i/${id}`,
      expirationTime: createdTime + (checkout?.expirationMinutes ?? 15) * 60,
      ...{ paidAmount: '0', status: 'New', additionalStatus: 'None' },
    };
    this.invoices.set(id, invoice);
    return { status: 200, body: invoice };
  }

  private list({ url: { searchParams: query } }: StubRequest): StubAnswer {
    const orderIds = query.getAll('orderId');
    const since = Number(query.get('startDate') ?? 0);
    const skip = Number(query.get('skip') ?? 0);
    const take = Number(query.get('take') ?? 50);
    const found = [...this.invoices.values()].filter(
      ({ metadata, createdTime }) =>
        (orderIds.length === 0 || orderIds.includes(metadata.orderId ?? '')) &&
        createdTime >= since,
    );
    return { status: 200, body: found.slice(skip, skip + take) };
  }

  private refund({ body }: StubRequest): StubAnswer {
    const { name, refundVariant, customAmount, customCurrency, payoutMethodId } = JSON.parse(body);
    if (refundVariant !== 'Custom' || payoutMethodId !== 'BTC-CHAIN') {
      return { status: 422, body: [{ path: 'payoutMethodId', message: 'Invalid payout method' }] };
    }
    const id = randomUUID();
    const made = { id, name, amount: customAmount, currency: customCurrency };
    this.pullPayments.push(made);
    return { status: 200, body: made };
  }
}

function methodsOf({ paidAmount }: Invoice): readonly object[] {
  const isPaid = Number(paidAmount) > 0;
  return [
    { paymentMethodId: 'BTC-LN', totalPaid: '0', currency: 'BTC' },
    { paymentMethodId: 'BTC-CHAIN', totalPaid: isPaid ? '0.00042' : '0', currency: 'BTC' },
  ];
}
