import { ForgedNotification, type PaymentNotification } from '@imprest/application';
import { AnswerFields, isHmacSha256, singleHeader } from '@imprest/payment-http';

const PREFIX = 'sha256=';

/**
 * A webhook of BTCPay Server (Greenfield API, "Webhooks"): `BTCPay-Sig: sha256=<hex>` is the HMAC-SHA256 of the
 * raw body under the webhook's secret. It carries no time, so an old one can be sent again; that is
 * harmless, because it says only which invoice to look at.
 * @throws ForgedNotification
 */
export function readBtcpayNotification(
  body: Uint8Array,
  headers: Readonly<Record<string, string | readonly string[] | undefined>>,
  { secret, storeId }: { readonly secret: string; readonly storeId: string },
): PaymentNotification {
  const signature = singleHeader(headers, 'btcpay-sig') ?? '';
  const isSigned = signature.startsWith(PREFIX);
  if (!isHmacSha256(isSigned ? signature.slice(PREFIX.length) : '', secret, body)) {
    throw new ForgedNotification('BTCPay-Sig does not fit the body');
  }
  const event = AnswerFields.of(json(body), 'the webhook of BTCPay Server');
  // A redelivery names the first one: both are one notification.
  const deliveryId = event.optionalText('originalDeliveryId') ?? event.text('deliveryId');
  const isOurs = event.optionalText('storeId') === storeId;
  return { deliveryId, subject: (isOurs ? event.optionalText('invoiceId') : undefined) ?? null };
}

function json(body: Uint8Array): unknown {
  try {
    return JSON.parse(Buffer.from(body).toString('utf8'));
  } catch {
    throw new ForgedNotification('the webhook of BTCPay Server holds no JSON');
  }
}
