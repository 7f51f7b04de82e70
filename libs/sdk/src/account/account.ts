import type { CallOptions } from '../http/options.js';
import { path } from '../http/request.js';
import type { Transport } from '../http/transport.js';
import { type List, listOf } from '../list.js';
import type {
  Balance,
  BalanceAlert,
  ChargeProof,
  GetUsageQuery,
  LedgerEntry,
  ListLedgerEntriesQuery,
  Lots,
  NewBalanceAlert,
  UsagePage,
} from '../openapi.js';

/** What one group of requests cost. */
export type Usage = UsagePage['usage'][number];

/** What the account holds, and how it came about. Every method may throw an ImprestError. */
export class Account {
  readonly #transport: Transport;

  constructor(transport: Transport) {
    this.#transport = transport;
  }

  /** From the account itself: never behind. */
  balance({ signal }: CallOptions = {}): Promise<Balance> {
    return this.#transport.json({ method: 'GET', path: '/v1/balance', signal });
  }

  /** @throws NotFoundError when none is set */
  alert({ signal }: CallOptions = {}): Promise<BalanceAlert> {
    return this.#transport.json({ method: 'GET', path: '/v1/balance/alert', signal });
  }

  /** Has a webhook sent each time that the balance falls below a threshold. */
  setAlert(alert: NewBalanceAlert, { signal }: CallOptions = {}): Promise<BalanceAlert> {
    const call = { method: 'PUT', path: '/v1/balance/alert', body: alert, signal } as const;
    return this.#transport.json(call);
  }

  async clearAlert({ signal }: CallOptions = {}): Promise<void> {
    await this.#transport.text({ method: 'DELETE', path: '/v1/balance/alert', signal });
  }

  /** Facts of the account with their double entries, newest first. */
  entries(
    query: Omit<ListLedgerEntriesQuery, 'cursor'> = {},
    options: CallOptions = {},
  ): List<LedgerEntry> {
    return listOf(this.#transport, '/v1/ledger/entries', 'entries', query, options);
  }

  /** What was asked for and spent, by day, model, key, end user or dialect. */
  usage(
    query: Omit<GetUsageQuery, 'cursor' | 'format'> = {},
    options: CallOptions = {},
  ): List<Usage> {
    return listOf(this.#transport, '/v1/usage', 'usage', query, options);
  }

  /** Tokens that came in together, in the order they came in. */
  lots({ signal }: CallOptions = {}): Promise<Lots> {
    return this.#transport.json({ method: 'GET', path: '/v1/ledger/lots', signal });
  }

  /** Everything there is to the charge of one generation, to be checked offline. */
  proofOf(generationId: string, { signal }: CallOptions = {}): Promise<ChargeProof> {
    const at = path`/v1/generations/${generationId}/proof`;
    return this.#transport.json({ method: 'GET', path: at, signal });
  }
}
