import {
  BalanceAlerts,
  type ConfidentialInput,
  DeciderRunner,
  EVENT_STORE,
  type EventStore,
  type GenerationView,
  loadGeneration,
  lowBalanceBody,
  WebhookEndpoints,
  webhookMessageStream,
} from '@imprest/application';
import type { WebhookMessageState } from '@imprest/domain';
import { GenerationRecords } from '@imprest/generation-records';
import { nativeDialect } from '@imprest/platform';
import { Inject, Injectable } from '@nestjs/common';
import { type SignatureScheme, schemesOf, schemesOfEndpoint } from '../signatures/index.js';
import { TenantSecrets } from './tenant-secrets.js';

/** Where a message goes, and how it is signed. */
interface Target {
  readonly url: string;
  readonly schemes: readonly SignatureScheme[];
  /** Those of the tenant when absent. */
  readonly secrets?: readonly string[];
  /** In which the receiver must have answered. */
  readonly timeoutMs: number;
}

/** Where a message goes, and which request or crossing it tells of. */
interface Told extends Target {
  /** Of the request whose outcome it tells. */
  readonly correlationId: string;
  /** W3C Trace Context of the request, while its trace is recorded. */
  readonly traceparent?: string | undefined;
  /** Of whom it tells: destroyed, it erases what is kept of attempts too. */
  readonly dataKeyId: string;
  record(): Promise<object>;
}

/** A message that is to be sent. */
export interface DueMessage extends Told {
  readonly tenantId: string;
  /** From 1 over the life of the message. */
  readonly attempt: number;
  /** From 1 since the message was made or asked for again: it picks the wait before the next one. */
  readonly attemptInRound: number;
}

/** What one attempt sends, and signed by which secrets. */
export interface Delivery extends Omit<DueMessage, 'record'> {
  readonly body: Uint8Array;
  readonly secrets: readonly string[];
}

/** What it was about is erased. */
export interface Gone {
  readonly gone: true;
  readonly correlationId: string;
}

const TIMEOUT_MS = 10_000;
/** Endpoints are promised to be waited for this long. */
const ENDPOINT_TIMEOUT_MS = 5_000;

/** Renders the body at each attempt anew, so that it is what GET answers at that time in the same dialect. */
@Injectable()
export class DeliverySource {
  constructor(
    private readonly runner: DeciderRunner,
    private readonly records: GenerationRecords,
    private readonly alerts: BalanceAlerts,
    private readonly endpoints: WebhookEndpoints,
    private readonly secrets: TenantSecrets,
    @Inject(EVENT_STORE) private readonly store: EventStore,
  ) {}

  /** `done`: nothing is to be sent any more. */
  async look(messageId: string): Promise<DueMessage | Gone | 'done'> {
    const message = await this.runner.read(webhookMessageStream, messageId, (state) => ({
      ...state,
    }));
    if (message.status !== 'pending') return 'done';
    const { tenantId, attempts, attemptsInRound } = message;
    const told = await this.told(message, messageId);
    if ('gone' in told) return told;
    return { ...told, tenantId, attempt: attempts + 1, attemptInRound: attemptsInRound + 1 };
  }

  async render({ record, ...due }: DueMessage): Promise<Delivery> {
    const body = Buffer.from(JSON.stringify(await record()));
    return { ...due, body, secrets: due.secrets ?? (await this.secrets.of(due.tenantId)) };
  }

  private told(
    { about, tenantId, endpointId }: WebhookMessageState,
    messageId: string,
  ): Promise<Told | Gone> {
    if (about.kind === 'low_balance') return this.lowBalance(tenantId, Number(about.id), messageId);
    return this.outcome(about.id, messageId, async (view, { webhookUrl }) => {
      if (endpointId !== null) return this.endpointTarget(tenantId, endpointId);
      if (webhookUrl === null) return undefined;
      return { url: webhookUrl, schemes: schemesOf(view.dialect), timeoutMs: TIMEOUT_MS };
    });
  }

  private async outcome(
    generationId: string,
    messageId: string,
    targetOf: (view: GenerationView, input: ConfidentialInput) => Promise<Target | undefined>,
  ): Promise<Told | Gone> {
    const view = await loadGeneration(this.store, generationId);
    const gone = { gone: true, correlationId: view?.correlationId ?? messageId } as const;
    const input = view && (await this.records.input(view));
    if (view === undefined || input === undefined) return gone;
    const target = await targetOf(view, input);
    if (target === undefined) return gone;
    const record = () => this.records.told(view, input);
    const { correlationId, traceparent, dataKeyId } = view;
    return { ...target, record, correlationId, traceparent, dataKeyId };
  }

  private async endpointTarget(tenantId: string, endpointId: string): Promise<Target | undefined> {
    const found = await this.endpoints.target(tenantId, endpointId);
    if (found === undefined) return undefined;
    const { url, secrets, scheme } = found;
    return { url, schemes: schemesOfEndpoint(scheme), secrets, timeoutMs: ENDPOINT_TIMEOUT_MS };
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
    const record = async () => lowBalanceBody(fall);
    const schemes = schemesOf(nativeDialect.name);
    const { url, dataKeyId } = alert;
    return { url, record, schemes, timeoutMs: TIMEOUT_MS, correlationId, dataKeyId };
  }
}
