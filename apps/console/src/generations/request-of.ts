import type { ApiRequest, Json } from '../exchange/api-request.ts';
import type { Generation } from './generation.ts';

/**
 * The native request that asks for the same again, seed included.
 * @param idempotencyKey of the repeat
 */
export function repeatRequest(
  { input }: Pick<Generation, 'input'>,
  idempotencyKey: string,
): ApiRequest {
  return {
    method: 'POST',
    path: '/v1/generations',
    headers: { 'content-type': 'application/json', 'idempotency-key': idempotencyKey },
    body: input as unknown as { [name: string]: Json },
  };
}
