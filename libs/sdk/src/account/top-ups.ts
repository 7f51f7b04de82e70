import type { CallOptions, CostingCallOptions } from '../http/options.js';
import { path } from '../http/request.js';
import type { Transport } from '../http/transport.js';
import { type List, listOf } from '../list.js';
import type { ListTopUpsQuery, NewTopUp, Receipt, TopUp, TopUpPackages } from '../openapi.js';

/** How money becomes tokens. Every method may throw an ImprestError. */
export class TopUps {
  readonly #transport: Transport;

  constructor(transport: Transport) {
    this.#transport = transport;
  }

  /** What is sold, and how it can be paid. */
  packages({ signal }: CallOptions = {}): Promise<TopUpPackages> {
    return this.#transport.json({ method: 'GET', path: '/v1/top-up-packages', signal });
  }

  /** Freezes the price; send the payer to `checkoutUrl`. Repeats under one idempotency key are one order. */
  order(order: NewTopUp, options: CostingCallOptions = {}): Promise<TopUp> {
    const call = { method: 'POST', path: '/v1/top-ups', body: order, costs: true } as const;
    return this.#transport.json({ ...options, ...call });
  }

  get(id: string, { signal }: CallOptions = {}): Promise<TopUp> {
    return this.#transport.json({ method: 'GET', path: path`/v1/top-ups/${id}`, signal });
  }

  list(query: Omit<ListTopUpsQuery, 'cursor'> = {}, options: CallOptions = {}): List<TopUp> {
    return listOf(this.#transport, '/v1/top-ups', 'topUps', query, options);
  }

  /** @throws NotFoundError before tokens are credited */
  receipt(id: string, { signal }: CallOptions = {}): Promise<Receipt> {
    return this.#transport.json({ method: 'GET', path: path`/v1/top-ups/${id}/receipt`, signal });
  }
}
