import type { CallOptions } from '../http/options.js';
import { path } from '../http/request.js';
import type { Transport } from '../http/transport.js';
import { type List, listOf } from '../list.js';
import type {
  ListWebhookMessagesQuery,
  WebhookAttempts,
  WebhookMessage,
  WebhookMessageWithLog,
  WebhookRecovery,
  WebhookRecoveryRequest,
  WebhookRedelivery,
} from '../openapi.js';

/** What was sent to receivers, and whether it came through. Every method may throw an ImprestError. */
export class WebhookMessages {
  readonly #transport: Transport;

  constructor(transport: Transport) {
    this.#transport = transport;
  }

  list(
    query: Omit<ListWebhookMessagesQuery, 'cursor'> = {},
    options: CallOptions = {},
  ): List<WebhookMessage> {
    return listOf(this.#transport, '/v1/webhook-messages', 'messages', query, options);
  }

  /** With every attempt. */
  get(id: string, { signal }: CallOptions = {}): Promise<WebhookMessageWithLog> {
    return this.#transport.json({ method: 'GET', path: path`/v1/webhook-messages/${id}`, signal });
  }

  /** With what each attempt sent and was answered, for as long as that is kept. */
  attempts(id: string, { signal }: CallOptions = {}): Promise<WebhookAttempts> {
    const at = path`/v1/webhook-messages/${id}/attempts`;
    return this.#transport.json({ method: 'GET', path: at, signal });
  }

  /** Sends again what did not arrive, behind live messages. */
  recover(range: WebhookRecoveryRequest, { signal }: CallOptions = {}): Promise<WebhookRecovery> {
    const at = '/v1/webhook-messages/recover';
    return this.#transport.json({ method: 'POST', path: at, body: range, signal });
  }

  /** How far a recovery got. */
  recovery(id: string, { signal }: CallOptions = {}): Promise<WebhookRecovery> {
    return this.#transport.json({
      method: 'GET',
      path: path`/v1/webhook-recoveries/${id}`,
      signal,
    });
  }

  /** Sends it again, under its id, at once and with a fresh schedule. */
  redeliver(id: string, { signal }: CallOptions = {}): Promise<WebhookRedelivery> {
    const at = path`/v1/webhook-messages/${id}/redeliver`;
    return this.#transport.json({ method: 'POST', path: at, signal });
  }
}
