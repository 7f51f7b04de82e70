import { PaymentProviderUnavailable, PaymentRefused } from '@imprest/application';
import { AnswerFields, PaymentHttp, type PaymentHttpAnswer } from '@imprest/payment-http';

/** What fields of requests are made of; nested ones are spelt `a[b][c]` on the wire. */
export type FormFields = { readonly [name: string]: string | number | FormFields };

/** The version that the shapes of requests and answers are taken from. */
const API_VERSION = '2026-10-28.endive';
const PAGE = 100;
/** More refunds or disputes than that no payment has. */
const MOST_PAGES = 100;

function pairs(fields: FormFields, prefix = ''): [string, string][] {
  return Object.entries(fields).flatMap(([name, value]): [string, string][] => {
    const key = prefix === '' ? name : `${prefix}[${name}]`;
    return typeof value === 'object' ? pairs(value, key) : [[key, String(value)]];
  });
}

function encoded(fields: FormFields): string {
  return new URLSearchParams(pairs(fields)).toString();
}

/** Stripe's REST API: forms in, JSON out. */
export class StripeApi {
  private readonly http: PaymentHttp;

  constructor(baseUrl: string, apiKey: string) {
    const headers = { authorization: `Bearer ${apiKey}`, 'stripe-version': API_VERSION };
    this.http = new PaymentHttp({ provider: 'stripe', baseUrl, headers });
  }

  /** @returns undefined for what does not exist. @throws PaymentProviderUnavailable */
  async get(path: string, query: FormFields = {}): Promise<AnswerFields | undefined> {
    const answer = await this.http.send({ method: 'GET', path: `${path}?${encoded(query)}` });
    if (answer.status === 404) return undefined;
    return this.fields(path, answer);
  }

  /**
   * @param idempotencyKey the same call under the same key is one call
   * @throws PaymentProviderUnavailable, PaymentRefused for what Stripe will never do
   */
  async post(path: string, form: FormFields, idempotencyKey: string): Promise<AnswerFields> {
    const answer = await this.http.send({
      method: 'POST',
      path,
      headers: {
        'content-type': 'application/x-www-form-urlencoded',
        'idempotency-key': idempotencyKey,
      },
      body: encoded(form),
    });
    if (answer.status === 400 || answer.status === 402 || answer.status === 404) {
      throw new PaymentRefused(reasonOf(answer, path));
    }
    return this.fields(path, answer);
  }

  /** All items of a list, page by page. @throws PaymentProviderUnavailable */
  async *list(path: string, query: FormFields): AsyncIterable<AnswerFields> {
    let after: FormFields = {};
    for (let page = 0; page < MOST_PAGES; page += 1) {
      const answer = await this.get(path, { ...query, limit: PAGE, ...after });
      const items =
        answer?.list('data').map((item) => AnswerFields.of(item, `stripe ${path}`)) ?? [];
      yield* items;
      const last = items.at(-1);
      if (last === undefined || answer?.flag('has_more') !== true) return;
      after = { starting_after: last.text('id') };
    }
    throw new PaymentProviderUnavailable(`stripe ${path}: the list has no end`);
  }

  close(): Promise<void> {
    return this.http.close();
  }

  private fields(path: string, { status, body }: PaymentHttpAnswer): AnswerFields {
    if (status !== 200) throw new PaymentProviderUnavailable(`stripe ${path}: answered ${status}`);
    return AnswerFields.of(body, `stripe ${path}`);
  }
}

/** `{"error":{"type":…,"code":…,"message":…}}`; the message may repeat what was sent and stays out. */
function reasonOf({ body, status }: PaymentHttpAnswer, path: string): string {
  const error = (body as { readonly error?: { readonly code?: unknown; readonly type?: unknown } })
    ?.error;
  const code = [error?.code, error?.type].find((word) => typeof word === 'string') ?? status;
  return `stripe refuses ${path}: ${code}`;
}
