import { CLOCK, type Clock } from '@imprest/application';
import type { WebhookAttempted } from '@imprest/domain';
import { OutgoingHttp, OutgoingRequestError, type OutgoingResponse } from '@imprest/outgoing-http';
import { TRACING, type Tracing } from '@imprest/platform';
import { Inject, Injectable } from '@nestjs/common';
import { AttemptLog, attemptContent, type SentRequest } from '../attempt-log/index.js';
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
    private readonly log: AttemptLog,
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
    const { retryDelays } = delivery;
    const context = { attempt, now, random: Math.random(), retryDelays };
    const outcome = classifyAttempt(result, context);
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
    delivery: Delivery,
    startedMs: number,
    signal: AbortSignal,
  ): Promise<AttemptResult | undefined> {
    const { url, body, secrets, schemes, timeoutMs, traceparent } = delivery;
    const timestamp = Math.floor(startedMs / 1000);
    const headers = {
      ...delivery.headers,
      'content-type': 'application/json; charset=utf-8',
      'user-agent': 'Imprest-Webhooks/1',
      ...signatureHeaders({ schemes, messageId, timestamp, body, secrets }),
      ...(traceparent !== undefined && { traceparent }),
    };
    const sent = { url, headers, body };
    try {
      const answer = await this.http.request({
        ...sent,
        method: 'POST',
        timeoutMs,
        maxResponseBytes: MAX_ANSWER_BYTES,
        signal,
      });
      this.keep(messageId, delivery, sent, startedMs, answer);
      const retryAfter = answer.headers['retry-after'];
      return { kind: 'response', status: answer.status, retryAfter: retryAfter?.toString() };
    } catch (error) {
      if (!(error instanceof OutgoingRequestError)) throw error;
      if (error.code === 'aborted') return undefined;
      this.keep(messageId, delivery, sent, startedMs);
      return { kind: 'error', code: error.code };
    }
  }

  private keep(
    messageId: string,
    { attempt, dataKeyId }: Delivery,
    sent: SentRequest,
    startedMs: number,
    answer?: OutgoingResponse,
  ): void {
    const totalMs = answer?.elapsedMs ?? Math.max(0, this.clock.now().getTime() - startedMs);
    const content = attemptContent(sent, answer, totalMs);
    this.log.add({ messageId, attempt, dataKeyId, at: new Date(startedMs), content });
  }
}
