import type { CallOptions } from '../http/options.js';
import { path } from '../http/request.js';
import type { Transport } from '../http/transport.js';
import { type List, listOf } from '../list.js';
import type {
  Budget,
  Deletion,
  EndUser,
  EndUserState,
  EndUserStateChange,
  Generation,
  ListEndUserGenerationsQuery,
  ListEndUsersQuery,
  NewBudget,
} from '../openapi.js';

/** Those who are responsible for requests. Every method may throw an ImprestError. */
export class EndUsers {
  readonly #transport: Transport;

  constructor(transport: Transport) {
    this.#transport = transport;
  }

  list(query: Omit<ListEndUsersQuery, 'cursor'> = {}, options: CallOptions = {}): List<EndUser> {
    return listOf(this.#transport, '/v1/end-users', 'endUsers', query, options);
  }

  get(email: string, { signal }: CallOptions = {}): Promise<EndUser> {
    return this.#transport.json({ method: 'GET', path: path`/v1/end-users/${email}`, signal });
  }

  /** What one end user asked for, newest first. */
  generations(
    email: string,
    query: Omit<ListEndUserGenerationsQuery, 'cursor'> = {},
    options: CallOptions = {},
  ): List<Generation> {
    const at = path`/v1/end-users/${email}/generations`;
    return listOf(this.#transport, at, 'generations', query, options);
  }

  /** Deletes everything that an end user made. */
  deleteGenerations(email: string, { signal }: CallOptions = {}): Promise<Deletion> {
    const at = path`/v1/end-users/${email}/generations`;
    return this.#transport.json({ method: 'DELETE', path: at, signal });
  }

  /** Has all further requests for that end user refused. */
  block(
    email: string,
    change: EndUserStateChange = {},
    options?: CallOptions,
  ): Promise<EndUserState> {
    return this.#change(path`/v1/end-users/${email}/block`, change, options);
  }

  unblock(
    email: string,
    change: EndUserStateChange = {},
    options?: CallOptions,
  ): Promise<EndUserState> {
    return this.#change(path`/v1/end-users/${email}/unblock`, change, options);
  }

  /** What an end user may spend, and has. @throws NotFoundError when nothing caps it */
  budget(email: string, { signal }: CallOptions = {}): Promise<Budget> {
    return this.#transport.json({ method: 'GET', path: budgetOf(email), signal });
  }

  setBudget(email: string, budget: NewBudget, { signal }: CallOptions = {}): Promise<Budget> {
    const call = { method: 'PUT', path: budgetOf(email), body: budget, signal } as const;
    return this.#transport.json(call);
  }

  async clearBudget(email: string, { signal }: CallOptions = {}): Promise<void> {
    await this.#transport.text({ method: 'DELETE', path: budgetOf(email), signal });
  }

  #change(at: string, change: EndUserStateChange, options?: CallOptions): Promise<EndUserState> {
    return this.#transport.json({ method: 'POST', path: at, body: change, ...options });
  }
}

const budgetOf = (email: string): string => path`/v1/end-users/${email}/budget`;
