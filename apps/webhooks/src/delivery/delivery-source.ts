import {
  BalanceAlerts,
  type ConfidentialInput,
  DeciderRunner,
  EVENT_STORE,
  type EventStore,
  endpointDisabledBody,
  type GenerationView,
  loadGeneration,
  lowBalanceBody,
  testBody,
  WebhookEndpoints,
  webhookMessageStream,
} from '@imprest/application';
import type { WebhookMessageState } from '@imprest/domain';
import { GenerationRecords } from '@imprest/generation-records';
import { nativeDialect } from '@imprest/platform';
import { Inject, Injectable } from '@nestjs/common';
import type { Passage } from '../endpoints/endpoint-gate.js';
import { EndpointTargets } from '../endpoints/endpoint-targets.js';
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
  /** Beside those of every delivery; names in lower case. */
  readonly headers?: Readonly<Record<string, string>>;
  /** Seconds before the second, third … attempt; the usual ones when absent. */
  readonly retryDelays?: readonly number[] | null;
}

/** What a message tells, and which request or crossing it tells of. */
interface Told {
  /** Of the request whose outcome it tells. */
  readonly correlationId: string;
  /** W3C Trace Context of the request, while its trace is recorded. */
  readonly traceparent?: string | undefined;
  /** Of whom it tells: destroyed, it erases what is kept of attempts too. */
  readonly dataKeyId: string;
  record(): Promise<object>;
}

/** A message as it is now. */
export interface LeasedMessage {
  readonly id: string;
  readonly state: WebhookMessageState;
  /** Of its endpoint; undefined for a message without one, and for one whose endpoint was removed. */
  readonly passage: Passage | undefined;
}

/** A message that is to be sent. */
export interface DueMessage extends Told, Target {
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
/** Endpoints of that dialect are promised to be waited for this long. */
const XAVIRA_TIMEOUT_MS = 5_000;

/** Renders the body at each attempt anew, so that it is what GET answers at that time in the same dialect. */
@Injectable()
export class DeliverySource {
  constructor(
    private readonly runner: DeciderRunner,
    private readonly records: GenerationRecords,
    private readonly alerts: BalanceAlerts,
    private readonly endpoints: WebhookEndpoints,
    private readonly targets: EndpointTargets,
    private readonly secrets: TenantSecrets,
    @Inject(EVENT_STORE) private readonly store: EventStore,
  ) {}

  async look(id: string): Promise<LeasedMessage> {
    const state = await this.runner.read(webhookMessageStream, id, (message) => ({ ...message }));
    const { tenantId, endpointId, about, status, recoveryId } = state;
    if (endpointId === null || status !== 'pending') return { id, state, passage: undefined };
    const target = await this.targets.of(tenantId, endpointId);
    const urgency = { isTest: about.kind === 'test', isRecovered: recoveryId !== null };
    return {
      id,
      state,
      passage: target && { messageId: id, tenantId, endpointId, target, ...urgency },
    };
  }

  async prepare(message: LeasedMessage): Promise<DueMessage | Gone> {
    const { tenantId, attempts, attemptsInRound } = message.state;
    const told = await this.told(message);
    if ('gone' in told) return told;
    return { ...told, tenantId, attempt: attempts + 1, attemptInRound: attemptsInRound + 1 };
  }

  async render({ record, ...due }: DueMessage): Promise<Delivery> {
    const body = Buffer.from(JSON.stringify(await record()));
    return { ...due, body, secrets: due.secrets ?? (await this.secrets.of(due.tenantId)) };
  }

  private told(message: LeasedMessage): Promise<(Told & Target) | Gone> {
    const { about } = message.state;
    switch (about.kind) {
      case 'generation':
        return this.ofGeneration(message, about.id);
      case 'low_balance':
        return this.ofBalance(message, Number(about.id));
      case 'endpoint':
        return this.ofEndpoint(message, about.id);
      case 'test':
        return this.ofTest(message);
    }
  }

  private async ofGeneration(
    message: LeasedMessage,
    generationId: string,
  ): Promise<(Told & Target) | Gone> {
    const view = await loadGeneration(this.store, generationId);
    const gone = { gone: true, correlationId: view?.correlationId ?? message.id } as const;
    const input = view && (await this.records.input(view));
    if (view === undefined || input === undefined) return gone;
    const target =
      message.state.endpointId === null ? ownTarget(view, input) : endpointTarget(message);
    if (target === undefined) return gone;
    const record = () => this.records.told(view, input);
    const { correlationId, traceparent, dataKeyId } = view;
    return { ...target, record, correlationId, traceparent, dataKeyId };
  }

  /** To where the tenant wants it now: an alert that was cleared since is not sent any more. */
  private async ofBalance(
    message: LeasedMessage,
    crossing: number,
  ): Promise<(Told & Target) | Gone> {
    const { tenantId, endpointId } = message.state;
    const alert = await this.alerts.get(tenantId);
    const fall = await this.alerts.crossing(tenantId, crossing);
    const correlationId = fall?.correlationId ?? message.id;
    if (alert === undefined || fall === undefined) return { gone: true, correlationId };
    const { url, dataKeyId } = alert;
    const own = { url, schemes: schemesOf(nativeDialect.name), timeoutMs: TIMEOUT_MS };
    const target = endpointId === null ? own : endpointTarget(message);
    if (target === undefined) return { gone: true, correlationId };
    return { ...target, record: async () => lowBalanceBody(fall), correlationId, dataKeyId };
  }

  /** About one that was removed or enabled since there is nothing to tell any more. */
  private async ofEndpoint(
    message: LeasedMessage,
    disabledId: string,
  ): Promise<(Told & Target) | Gone> {
    const endpoints = await this.endpoints.list(message.state.tenantId);
    const disabled = endpoints.find(({ id }) => id === disabledId);
    const body = disabled && endpointDisabledBody(disabled);
    return this.notice(message, body);
  }

  private async ofTest(message: LeasedMessage): Promise<(Told & Target) | Gone> {
    return this.notice(message, testBody(message.id, message.state.endpointId));
  }

  private notice(message: LeasedMessage, body: object | undefined): (Told & Target) | Gone {
    const { id: correlationId, passage } = message;
    const target = endpointTarget(message);
    if (body === undefined || passage === undefined || target === undefined) {
      return { gone: true, correlationId };
    }
    const { dataKeyId } = passage.target;
    return { ...target, record: async () => body, correlationId, dataKeyId };
  }
}

function ownTarget(
  { dialect }: GenerationView,
  { webhookUrl }: ConfidentialInput,
): Target | undefined {
  if (webhookUrl === null) return undefined;
  return { url: webhookUrl, schemes: schemesOf(dialect), timeoutMs: TIMEOUT_MS };
}

function endpointTarget({ state, passage }: LeasedMessage): Target | undefined {
  if (passage === undefined) return undefined;
  const { url, secrets, scheme, headers, retryDelays } = passage.target;
  const timeoutMs = scheme === 'xavira' ? XAVIRA_TIMEOUT_MS : TIMEOUT_MS;
  const schemes = schemesOfEndpoint(scheme);
  return {
    url,
    secrets,
    schemes,
    timeoutMs,
    retryDelays,
    headers: { ...headers, ...tells(state) },
  };
}

/** The body says what is; these say what happened and when, by the order of the endpoint's messages. */
function tells({ event, sequence }: WebhookMessageState): Record<string, string> {
  return {
    ...(event !== null && { 'webhook-event': event }),
    ...(sequence !== null && { 'webhook-sequence': String(sequence) }),
  };
}
