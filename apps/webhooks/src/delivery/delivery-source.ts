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
  /** W3C Trace Context of the request, while its trace is recorded. */
  readonly traceparent?: string;
}

/** `done`: nothing is to be sent any more. `gone`: what it was about is erased. */
export type PreparedDelivery = Delivery | 'done' | 'gone';

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
    if (view === undefined || view.erased) return 'gone';
    const input = await this.records.input(view);
    if (input === undefined || input.webhookUrl === null) return 'gone';
    const record = await this.records.render(view);
    if (record === undefined) return 'gone';
    const body = Buffer.from(JSON.stringify(record));
    return {
      attempt: attempts + 1,
      attemptInRound: attemptsInRound + 1,
      url: input.webhookUrl,
      body,
      secrets: await this.secrets.of(tenantId),
      traceparent: view.traceparent,
    };
  }
}
