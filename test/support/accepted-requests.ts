import { setTimeout as delay } from 'node:timers/promises';
import type { ApiClient } from './api-client.js';

export interface AcceptedRequestsOptions {
  /** Of whichever process answers at the moment. */
  readonly client: () => ApiClient;
  readonly random: () => number;
  /** Least pause between two tries; half of them take up to twice as long. */
  readonly retryMs: number;
  readonly webhookUrl?: string;
}

/** Requests that a client did not give up on until they were accepted, whatever happened to what it spoke to. */
export class AcceptedRequests {
  private readonly accepted = new Map<string, string>();

  constructor(private readonly options: AcceptedRequestsOptions) {}

  get count(): number {
    return this.accepted.size;
  }

  /** Each request that was accepted, sorted; one that two keys led to is there twice. */
  get ids(): readonly string[] {
    return [...this.accepted.values()].sort();
  }

  idOf(key: string): string | undefined {
    return this.accepted.get(key);
  }

  /** @throws Error when it is refused for what it is */
  async submit(key: string): Promise<void> {
    const { random, retryMs } = this.options;
    while (!this.accepted.has(key)) {
      // The process it speaks to may be down or cut off: that is what its user's test is about.
      const answer = await this.send(key).catch(() => undefined);
      if (answer?.status === 202) this.accepted.set(key, answer.body.requestId);
      else if (answer !== undefined && answer.status < 500 && answer.status !== 429) {
        throw new Error(`${key}: ${answer.status} ${JSON.stringify(answer.body)}`);
      }
      await delay(retryMs * (1 + random()));
    }
  }

  /** The very request once more. */
  send(key: string) {
    const { client, webhookUrl } = this.options;
    const body = {
      endUserEmail: `user${key.length}@example.com`,
      prompt: `A meadow, view ${key}`,
      ...(webhookUrl !== undefined && { webhookUrl }),
    };
    return client().post('/v1/generations', body, { 'idempotency-key': key });
  }
}
