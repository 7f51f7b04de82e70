import { ForgedNotification, type PaymentNotification } from '@imprest/application';
import { AnswerFields, isHmacSha256, singleHeader } from '@imprest/payment-http';

/** Older ones are taken for replays; Stripe signs every redelivery anew. */
const TOLERANCE_SECONDS = 300;
const MOST_SIGNATURES = 10;

interface SignatureHeader {
  readonly timestamp: string;
  readonly signatures: readonly string[];
}

/** `t=<unix seconds>,v1=<hex>[,v1=<hex>…]`; other schemes in it are passed over. */
function parse(header: string): SignatureHeader {
  const parts = header.split(',').map((part) => part.split('=', 2) as [string, string?]);
  const timestamp = parts.find(([scheme]) => scheme === 't')?.[1] ?? '';
  const signatures = parts.flatMap(([scheme, value]) =>
    scheme === 'v1' && value !== undefined ? [value] : [],
  );
  return { timestamp, signatures: signatures.slice(0, MOST_SIGNATURES) };
}

function checkSignature(body: Uint8Array, header: string, secret: string, now: Date): void {
  const { timestamp, signatures } = parse(header);
  // Every one is compared: how long it takes must not tell which of them fits.
  const fits = signatures.filter((each) => isHmacSha256(each, secret, `${timestamp}.`, body));
  if (!/^\d{1,12}$/.test(timestamp) || fits.length === 0) {
    throw new ForgedNotification('Stripe-Signature does not fit the body');
  }
  const ageSeconds = Math.abs(now.getTime() / 1_000 - Number(timestamp));
  if (ageSeconds > TOLERANCE_SECONDS) {
    throw new ForgedNotification(
      `Stripe-Signature is more than ${TOLERANCE_SECONDS} s away from now`,
    );
  }
}

/** What to fetch for an object of an event: its checkout session, or the payment that leads to it. */
function subjectOf(object: AnswerFields): string | null {
  switch (object.optionalText('object')) {
    case 'checkout.session':
      return object.optionalText('id') ?? null;
    case 'payment_intent':
      return object.optionalText('id') ?? null;
    case 'charge':
    case 'dispute':
    case 'refund':
      return object.optionalText('payment_intent') ?? null;
    default:
      return null;
  }
}

/**
 * An event of Stripe (docs.stripe.com/webhooks): `Stripe-Signature` is the HMAC-SHA256 of time and raw body
 * under the endpoint's secret. What the event says is no more than a hint which payment to fetch.
 * @throws ForgedNotification
 */
export function readStripeNotification(
  body: Uint8Array,
  headers: Readonly<Record<string, string | readonly string[] | undefined>>,
  secret: string,
  now: Date,
): PaymentNotification {
  checkSignature(body, singleHeader(headers, 'stripe-signature') ?? '', secret, now);
  const event = AnswerFields.of(json(body), 'the event of Stripe');
  const object = event.optionalFields('data')?.optionalFields('object');
  return {
    deliveryId: event.text('id'),
    subject: object === undefined ? null : subjectOf(object),
  };
}

function json(body: Uint8Array): unknown {
  try {
    return JSON.parse(Buffer.from(body).toString('utf8'));
  } catch {
    throw new ForgedNotification('the event of Stripe holds no JSON');
  }
}
