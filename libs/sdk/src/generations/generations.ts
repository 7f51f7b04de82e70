import type { CallOptions, CostingCallOptions } from '../http/options.js';
import { path } from '../http/request.js';
import type { Transport } from '../http/transport.js';
import { type List, listOf } from '../list.js';
import type {
  Estimate,
  Generation,
  GenerationOverrides,
  GenerationReceipt,
  GenerationRequest,
  ListGenerationsQuery,
} from '../openapi.js';
import { type FollowOptions, follow, type GenerationEvent } from './progress.js';
import type { EndedGeneration } from './record.js';
import { type WaitOptions, waitFor } from './wait.js';

/** Asking for images, and what becomes of it. Every method may throw an ImprestError. */
export class Generations {
  readonly #transport: Transport;

  constructor(transport: Transport) {
    this.#transport = transport;
  }

  /** Holds the price and answers at once. Repeats under one idempotency key cost once. */
  create(request: GenerationRequest, options: CostingCallOptions = {}): Promise<GenerationReceipt> {
    return this.#transport.json({
      ...options,
      method: 'POST',
      path: '/v1/generations',
      body: request,
      costs: true,
    });
  }

  /** Creates, and waits until it has ended: in success or not, see `status`. @throws DeadlineError */
  async run(
    request: GenerationRequest,
    options: CostingCallOptions & WaitOptions = {},
  ): Promise<EndedGeneration> {
    const { idempotencyKey, signal } = options;
    const receipt = await this.create(request, {
      ...(idempotencyKey !== undefined && { idempotencyKey }),
      ...(signal !== undefined && { signal }),
    });
    return this.wait(receipt.requestId, options);
  }

  /** The record as it is. */
  get(id: string, { signal }: CallOptions = {}): Promise<Generation> {
    return this.#transport.json({ method: 'GET', path: path`/v1/generations/${id}`, signal });
  }

  /** Newest first. */
  list(
    query: Omit<ListGenerationsQuery, 'cursor'> = {},
    options: CallOptions = {},
  ): List<Generation> {
    return listOf(this.#transport, '/v1/generations', 'generations', query, options);
  }

  /** What happens to it from the beginning on, or after an event, until it has ended. */
  follow(id: string, options: FollowOptions = {}): AsyncGenerator<GenerationEvent> {
    return follow(this.#transport, id, options);
  }

  /** The record once it has ended: in success or not, see `status`. @throws DeadlineError */
  wait(id: string, options: WaitOptions = {}): Promise<EndedGeneration> {
    const watched = {
      get: (given: CallOptions) => this.get(id, given),
      follow: (given: CallOptions) => this.follow(id, given),
    };
    return waitFor(id, watched, options);
  }

  /** What a request would cost now. Takes no token. */
  estimate(request: GenerationRequest, { signal }: CallOptions = {}): Promise<Estimate> {
    const at = '/v1/generations/estimate';
    return this.#transport.json({ method: 'POST', path: at, body: request, signal });
  }

  /** The same again; fields given here replace those of the original. */
  rerun(
    id: string,
    overrides: GenerationOverrides = {},
    options: CostingCallOptions = {},
  ): Promise<GenerationReceipt> {
    return this.#transport.json({
      ...options,
      method: 'POST',
      path: path`/v1/generations/${id}/rerun`,
      body: overrides ?? {},
      costs: true,
    });
  }

  /** Ends queued or running work; the record states the refund. @throws ConflictError when it has ended otherwise */
  cancel(id: string, { signal }: CallOptions = {}): Promise<Generation> {
    return this.#transport.json({
      method: 'POST',
      path: path`/v1/generations/${id}/cancel`,
      signal,
    });
  }

  /** Has prompt and images destroyed; the ledger keeps the amounts. @throws ConflictError for work under way */
  async delete(id: string, { signal }: CallOptions = {}): Promise<void> {
    await this.#transport.text({ method: 'DELETE', path: path`/v1/generations/${id}`, signal });
  }
}
