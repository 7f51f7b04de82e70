import { derivedId } from '../identifiers.js';

/** The lot that a payment becomes, under the same id whoever credits it and however often. */
export function paymentLotId(provider: string, paymentId: string): string {
  return derivedId('lot', 'payment', provider, paymentId);
}

/** The lot in which a won dispute gives back what it took. */
export function reinstatedLotId(provider: string, disputeId: string): string {
  return derivedId('lot', 'won dispute', provider, disputeId);
}
