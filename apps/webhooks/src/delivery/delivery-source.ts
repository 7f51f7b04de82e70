import {
  BalanceAlerts,
  DeciderRunner,
  EVENT_STORE,
  type EventStore,
  loadGeneration,
  webhookMessageStream,
} from '@imprest/application';
import { GenerationRecords } from '@imprest/generation-records';
import { nativeDialect } from '@imprest/platform';
import { Inject, Injectable } from '@nestjs/common';
import { type SignatureScheme, schemesOf } from '../signatures/index.js';
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
  readonly schemes: readonly SignatureScheme[];
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

/** What a message says, where to, and which request or crossing it tells of. */
interface Told extends Pick<Delivery, 'url' | 'schemes' | 'correlationId' | 'traceparent'> {
  readonly record: object;
}

/** `done`: nothing is to be sent any more. */
export type PreparedDelivery = Delivery | Gone | 'done';

/** Renders the body at each attempt anew, so that it is what GET answers at that time in the same dialect. */
@Injectable()
export class DeliverySource {
  constructor(
    private readonly runner: DeciderRunner,
    private readonly records: GenerationRecords,
    private readonly alerts: BalanceAlerts,
    private readonly secrets: TenantSecrets,
    @Inject(EVENT_STORE) private readonly store: EventStore,
  ) {}

  async prepare(messageId: string): Promise<PreparedDelivery> {
    const { status, about, tenantId, attempts, attemptsInRound } = await this.runner.read(
      webhookMessageStream,
      messageId,
      (state) => ({ ...state }),
    );
    if (status !== 'pending') return 'done';
    const told =
      about.kind === 'generation'
        ? await this.outcome(about.id, messageId)
        : await this.lowBalance(tenantId, Number(about.id), messageId);
    if ('gone' in told) return told;
    const { record, ...delivery } = told;
    return {
      ...delivery,
      attempt: attempts + 1,
      attemptInRound: attemptsInRound + 1,
      body: Buffer.from(JSON.stringify(record)),
      secrets: await this.secrets.of(tenantId),
    };
  }

  private async outcome(generationId: string, messageId: string): Promise<Told | Gone> {
    const view = await loadGeneration(this.store, generationId);
    const correlationId = view?.correlationId ?? messageId;
    const gone = { gone: true, correlationId } as const;
    if (view === undefined || view.erased) return gone;
    const input = await this.records.input(view);
    if (input === undefined || input.webhookUrl === null) return gone;
    const record = await this.records.told(view);
    if (record === undefined) return gone;
    const { traceparent } = view;
    const schemes = schemesOf(view.dialect);
    return { url: input.webhookUrl, record, schemes, correlationId, traceparent };
  }

  /** To where the tenant wants it now: an alert that was cleared since is not sent any more. */
  private async lowBalance(
    tenantId: string,
    crossing: number,
    messageId: string,
  ): Promise<Told | Gone> {
    const alert = await this.alerts.get(tenantId);
    const fall = await this.alerts.crossing(tenantId, crossing);
    const correlationId = fall?.correlationId ?? messageId;
    if (alert === undefined || fall === undefined) return { gone: true, correlationId };
    const { available, threshold, at } = fall;
    const data = { available: Number(available), threshold: Number(threshold) };
    const record = { type: 'account.low_balance', timestamp: at, data };
    return { url: alert.url, record, schemes: schemesOf(nativeDialect.name), correlationId };
  }
}
