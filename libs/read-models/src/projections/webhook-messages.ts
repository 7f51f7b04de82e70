import type { MessageSubject, WebhookMessageEvent } from '@imprest/domain';
import { type RecordedEvent, streamId, toDomainEvent } from '@imprest/event-catalogue';
import { WebhookAttemptRow, type WebhookEventType, WebhookMessageRow } from '../entities/index.js';
import { happenedAt, isNext } from './stream-order.js';
import { tableProjector } from './table-projector.js';

const TELLS_OF: Readonly<Record<MessageSubject['kind'], WebhookEventType>> = {
  generation: 'generation.ended',
  low_balance: 'account.low_balance',
  endpoint: 'endpoint.disabled',
  test: 'webhook.test',
};

function messageAfter(
  known: WebhookMessageRow | undefined,
  event: WebhookMessageEvent,
  recorded: RecordedEvent,
): WebhookMessageRow {
  const at = happenedAt(recorded);
  const { revision } = recorded;
  if (event.type === 'WebhookMessageCreated') {
    const { tenantId, about, endpointId } = event.data;
    const times = { createdAt: at, updatedAt: at };
    const id = streamId(recorded.stream);
    const generationId = about.kind === 'generation' ? about.id : null;
    const eventType = TELLS_OF[about.kind];
    const subject = { eventType, generationId, endpointId } as const;
    const row = { id, tenantId, ...subject, status: 'pending' } as const;
    return { ...row, attempts: 0, ...times, revision };
  }
  const row = { ...(known as WebhookMessageRow), updatedAt: at, revision };
  switch (event.type) {
    case 'WebhookAttempted': {
      const { attempt, outcome } = event.data;
      return { ...row, attempts: attempt, status: outcome === 'retry' ? row.status : outcome };
    }
    case 'WebhookRedeliveryRequested':
      return { ...row, status: 'pending' };
    case 'WebhookMessageWithdrawn':
      return { ...row, status: 'withdrawn' };
    case 'WebhookMessageExpired':
      return { ...row, status: 'expired' };
  }
}

function attemptOf(event: WebhookMessageEvent, recorded: RecordedEvent): WebhookAttemptRow[] {
  if (event.type !== 'WebhookAttempted') return [];
  const { nextAttemptAt, ...result } = event.data;
  const next = nextAttemptAt === null ? null : new Date(nextAttemptAt);
  const messageId = streamId(recorded.stream);
  return [{ messageId, at: happenedAt(recorded), ...result, nextAttemptAt: next }];
}

/** Webhook messages and what became of each attempt to deliver them. */
export const webhookMessagesProjector = tableProjector({
  name: 'webhook-messages',
  categories: ['webhookMessage'],
  minimumIntervalMs: 50,
  rows: { messages: WebhookMessageRow, attempts: WebhookAttemptRow },
  async project(events, sql, { messages, attempts }) {
    const ids = new Set(events.map(({ stream }) => streamId(stream)));
    const keys = [...ids].map((id) => ({ id }));
    const rows = new Map((await messages.load(sql, keys)).map((row) => [row.id, row]));
    const attempted: WebhookAttemptRow[] = [];
    for (const recorded of events) {
      const id = streamId(recorded.stream);
      const known = rows.get(id);
      if (!isNext(recorded, known?.revision ?? -1)) continue;
      const event = toDomainEvent(recorded) as WebhookMessageEvent;
      rows.set(id, messageAfter(known, event, recorded));
      attempted.push(...attemptOf(event, recorded));
    }
    await messages.upsert(sql, [...rows.values()]);
    await attempts.insert(sql, attempted);
  },
});
