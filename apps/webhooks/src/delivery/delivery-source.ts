import {
  DeciderRunner,
  EVENT_STORE,
  type EventStore,
  loadGeneration,
  webhookMessageStream,
} from '@imprest/application';
import { GenerationRecords } from '@imprest/generation-records';
import { Inject, Injectable } from '@nestjs/common';
import { TenantSecrets } from './tenant-secrets.js';

/** What one attempt sends, where to, and signed by which secrets. */
export interface Delivery {
  /** From 1 over the life of the message. */
  readonly attempt: number;
  /** From 1 since the message was made or asked for again: it picks the wait before the next one. */
  readonly attemptInRound: number;
  readonly url: string;
  readonly body: Uint8Array;
  readonly secrets: readonly string[];
  /** Of the request whose outcome it tells. */
  readonly correlationId: string;
  /** W3C Trace Context of the request, while its trace is recorded. */
  readonly traceparent?: string;
}

/** What it was about is erased. */
export interface Gone {
  readonly gone: true;
  readonly correlationId: string;
}

/** `done`: nothing is to be sent any more. */
export type PreparedDelivery = Delivery | Gone | 'done';

/** Renders the body at each attempt anew, so that it is what GET answers at that time. */
@Injectable()
export class DeliverySource {
  constructor(
    private readonly runner: DeciderRunner,
    private readonly records: GenerationRecords,
    private readonly secrets: TenantSecrets,
    @Inject(EVENT_STORE) private readonly store: EventStore,
  ) {}

  async prepare(messageId: string): Promise<PreparedDelivery> {
    const { status, generationId, tenantId, attempts, attemptsInRound } = await this.runner.read(
      webhookMessageStream,
      messageId,
      (state) => ({ ...state }),
    );
    if (status !== 'pending') return 'done';
    const view = await loadGeneration(this.store, generationId);
    const correlationId = view?.correlationId ?? messageId;
    const gone = { gone: true, correlationId } as const;
    if (view === undefined || view.erased) return gone;
    const input = await this.records.input(view);
    if (input === undefined || input.webhookUrl === null) return gone;
    const record = await this.records.render(view);
    if (record === undefined) return gone;
    const body = Buffer.from(JSON.stringify(record));
    return {
      attempt: attempts + 1,
      attemptInRound: attemptsInRound + 1,
      url: input.webhookUrl,
      body,
      secrets: await this.secrets.of(tenantId),
      correlationId,
      traceparent: view.traceparent,
    };
  }
}
