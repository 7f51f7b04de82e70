import { CLOCK, type Clock } from '@imprest/application';
import type { WebhookAttempted } from '@imprest/domain';
import { OutgoingHttp, OutgoingRequestError } from '@imprest/outgoing-http';
import { TRACING, type Tracing } from '@imprest/platform';
import { Inject, Injectable } from '@nestjs/common';
import { type AttemptResult, classifyAttempt } from '../retry-schedule.js';
import { signatureHeaders } from '../signatures/index.js';
import type { Delivery } from './delivery-source.js';

export type AttemptRecord = Omit<WebhookAttempted['data'], 'attempt'>;

/** Enough to tell a receiver's complaint; the rest of an answer is of no use. */
const MAX_ANSWER_BYTES = 1_024;

/** One signed POST and what it means for the message. */
@Injectable()
export class DeliveryAttempt {
  constructor(
    private readonly http: OutgoingHttp,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(TRACING) private readonly tracing: Tracing,
  ) {}

  /** Deliveries of one origin share its connections. */
  originOf(url: string): string {
    return this.http.originOf(url) ?? url;
  }

  /**
   * @returns undefined when `signal` ended it: then it was no attempt.
   */
  async run(
    messageId: string,
    delivery: Delivery,
    signal: AbortSignal,
  ): Promise<AttemptRecord | undefined> {
    const startedMs = this.clock.now().getTime();
    const attributes = { 'imprest.attempt': delivery.attempt };
    const span = { name: 'webhook delivery', kind: 'client', attributes } as const;
    const result = await this.tracing.within(span, delivery.traceparent, (traceparent) =>
      this.post(messageId, { ...delivery, traceparent }, startedMs, signal),
    );
    if (result === undefined) return undefined;
    const now = this.clock.now();
    const attempt = delivery.attemptInRound;
    const outcome = classifyAttempt(result, { attempt, now, random: Math.random() });
    return {
      outcome: outcome.kind === 'gone' ? 'refused' : outcome.kind,
      status: result.kind === 'response' ? result.status : null,
      error: result.kind === 'error' ? result.code : null,
      elapsedMs: Math.max(0, now.getTime() - startedMs),
      nextAttemptAt: outcome.kind === 'retry' ? outcome.at.toISOString() : null,
    };
  }

  private async post(
    messageId: string,
    { url, body, secrets, schemes, timeoutMs, traceparent }: Delivery,
    startedMs: number,
    signal: AbortSignal,
  ): Promise<AttemptResult | undefined> {
    const timestamp = Math.floor(startedMs / 1000);
    const headers = {
      'content-type': 'application/json; charset=utf-8',
      'user-agent': 'Imprest-Webhooks/1',
      ...signatureHeaders({ schemes, messageId, timestamp, body, secrets }),
      ...(traceparent !== undefined && { traceparent }),
    };
    try {
      const answer = await this.http.request({
        url,
        method: 'POST',
        headers,
        body,
        timeoutMs,
        maxResponseBytes: MAX_ANSWER_BYTES,
        signal,
      });
      const retryAfter = answer.headers['retry-after'];
      return { kind: 'response', status: answer.status, retryAfter: retryAfter?.toString() };
    } catch (error) {
      if (!(error instanceof OutgoingRequestError)) throw error;
      return error.code === 'aborted' ? undefined : { kind: 'error', code: error.code };
    }
  }
}
