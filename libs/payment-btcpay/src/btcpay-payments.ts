import {
  type Checkout,
  type CheckoutRequest,
  type ObservedPayment,
  type PaymentNotification,
  type PaymentProvider,
  PaymentProviderUnavailable,
  PaymentRefused,
  type RefundOrder,
} from '@imprest/application';
import { decimalAmount } from '@imprest/domain';
import { AnswerFields, PaymentHttp, type PaymentHttpRequest } from '@imprest/payment-http';
import { readBtcpayNotification } from './btcpay-notification.js';
import { observedInvoice } from './invoice.js';

export interface BtcpayOptions {
  /** Of the server, such as `https://btcpay.example.com`. */
  readonly url: string;
  readonly storeId: string;
  /** May view and create invoices and, for refunds, manage pull payments. */
  readonly apiKey: string;
  /** Of the webhook that the store sends here. */
  readonly webhookSecret: string;
  /** An invoice ends in minutes from now. */
  readonly now: () => Date;
}

const PAGE = 100;
/** How long the server looks out for late payments after an invoice has expired. */
const MONITORING_MINUTES = 3 * 24 * 60;
const FEWEST_MINUTES = 5;

/** BTCPay Server by its Greenfield API, version 1. */
export class BtcpayPayments implements PaymentProvider {
  readonly name = 'btcpay';
  private readonly http: PaymentHttp;
  private readonly store: string;

  constructor(private readonly options: BtcpayOptions) {
    const headers = { authorization: `token ${options.apiKey}` };
    this.http = new PaymentHttp({ provider: this.name, baseUrl: options.url, headers });
    this.store = `/api/v1/stores/${encodeURIComponent(options.storeId)}`;
  }

  /** The API knows no idempotency keys: an invoice that is there for the top-up is looked for first. */
  async openCheckout(request: CheckoutRequest): Promise<Checkout> {
    const orderId = encodeURIComponent(request.topUpId);
    const [existing] = await this.invoices(`orderId=${orderId}&take=1`);
    const invoice = existing ?? (await this.createInvoice(request));
    return {
      checkoutId: invoice.text('id'),
      url: invoice.text('checkoutLink'),
      expiresAt: invoice.unixTime('expirationTime').toISOString(),
    };
  }

  readNotification(
    body: Uint8Array,
    headers: Readonly<Record<string, string | readonly string[] | undefined>>,
  ): PaymentNotification {
    const { webhookSecret: secret, storeId } = this.options;
    return readBtcpayNotification(body, headers, { secret, storeId });
  }

  async fetch(invoiceId: string): Promise<ObservedPayment | undefined> {
    const path = `${this.store}/invoices/${encodeURIComponent(invoiceId)}`;
    const { status, body } = await this.http.send({ method: 'GET', path });
    if (status === 404) return undefined;
    return observedInvoice(this.fields(status, body, 'invoice'));
  }

  /**
   * Makes a pull payment: a page on the server where the payer says where the money shall go. A refund counts
   * as made with it. One of the same name is taken as it is.
   */
  async refund({ requestId, checkoutId, amount, reason }: RefundOrder) {
    const known = await this.get(
      `${this.store}/pull-payments?includeArchived=true`,
      'pull-payments',
    );
    const same = known.find((each) => each.optionalText('name') === requestId);
    if (same !== undefined) return { refundId: same.text('id') };
    const invoice = `${this.store}/invoices/${encodeURIComponent(checkoutId)}`;
    const body = {
      name: requestId,
      description: reason,
      payoutMethodId: await this.methodPaidWith(invoice),
      refundVariant: 'Custom',
      customAmount: decimalAmount(amount),
      customCurrency: amount.currency,
    };
    const made = await this.post(`${invoice}/refund`, body, 'pull payment');
    return { refundId: made.text('id') };
  }

  async *list(since: Date): AsyncIterable<ObservedPayment> {
    const startDate = Math.floor(since.getTime() / 1_000);
    for (let skip = 0; ; skip += PAGE) {
      const page = await this.invoices(`startDate=${startDate}&skip=${skip}&take=${PAGE}`);
      for (const invoice of page) yield observedInvoice(invoice);
      if (page.length < PAGE) return;
    }
  }

  close(): Promise<void> {
    return this.http.close();
  }

  private createInvoice(request: CheckoutRequest): Promise<AnswerFields> {
    const { topUpId, amount, description, expiresAt, returnUrl } = request;
    const minutes = (Date.parse(expiresAt) - this.options.now().getTime()) / 60_000;
    const invoice = {
      amount: decimalAmount(amount),
      currency: amount.currency,
      metadata: { orderId: topUpId, itemDesc: description },
      checkout: {
        expirationMinutes: Math.max(FEWEST_MINUTES, Math.ceil(minutes)),
        monitoringMinutes: MONITORING_MINUTES,
        // Whether less than the price will do is decided in a review.
        paymentTolerance: 0,
        redirectURL: returnUrl,
      },
    };
    return this.post(`${this.store}/invoices`, invoice, 'invoice');
  }

  private invoices(query: string): Promise<readonly AnswerFields[]> {
    return this.get(`${this.store}/invoices?${query}`, 'invoices');
  }

  private async methodPaidWith(invoice: string): Promise<string> {
    const methods = await this.get(`${invoice}/payment-methods`, 'payment-methods');
    const used = methods.find((method) => Number(method.optionalText('totalPaid') ?? 0) > 0);
    if (used === undefined) throw new PaymentRefused('nothing was paid to the invoice');
    return used.optionalText('paymentMethodId') ?? used.text('paymentMethod');
  }

  private async get(path: string, what: string): Promise<readonly AnswerFields[]> {
    const { status, body } = await this.http.send({ method: 'GET', path });
    if (status === 200 && Array.isArray(body)) {
      return body.map((item) => AnswerFields.of(item, `btcpay ${what}`));
    }
    throw new PaymentProviderUnavailable(`btcpay ${what}: answered ${status}`);
  }

  private async post(path: string, json: object, what: string): Promise<AnswerFields> {
    const request: PaymentHttpRequest = {
      method: 'POST',
      path,
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(json),
    };
    const { status, body } = await this.http.send(request);
    if (status === 400 || status === 422) throw new PaymentRefused(reasonOf(body, what));
    return this.fields(status, body, what);
  }

  private fields(status: number, body: unknown, what: string): AnswerFields {
    // A key without the right, say: not the payer's fault, and over once the operator mends it.
    if (status !== 200) throw new PaymentProviderUnavailable(`btcpay ${what}: answered ${status}`);
    return AnswerFields.of(body, `btcpay ${what}`);
  }
}

/** Errors come as one problem or as a list of them, each with a `message`. */
function reasonOf(body: unknown, what: string): string {
  const [first] = Array.isArray(body) ? body : [body];
  const message = (first as { readonly message?: unknown } | undefined)?.message;
  return `btcpay refuses the ${what}: ${typeof message === 'string' ? message.slice(0, 200) : 'no reason given'}`;
}
