import { randomUUID } from 'node:crypto';
import { type StreamAppend, uuidV7 } from '@imprest/application';
import type { EventEnvelope } from '@imprest/event-catalogue';

const data = { confidential: 'AbCdEfGhIjKlMnOp'.repeat(25), tokens: '10' };
const metadata = {
  correlationId: 'bench',
  causationId: 'bench',
  occurredAt: '2024-08-17T00:00:00.000Z',
  actor: { kind: 'system', id: 'bench' },
} as const;

const envelope = (type: string): EventEnvelope => ({
  eventId: uuidV7(Date.now()),
  type,
  version: 1,
  data,
  metadata,
});

/** Appends as accepting a request makes them: one event on a new stream, one on an account's. */
export class EventSource {
  private readonly run = randomUUID().slice(0, 8);
  private readonly revisions: number[] = [];
  private count = 0;

  /** The next append of a slot, which has an account of its own: never in conflict with another slot. */
  next(slot: number): StreamAppend[] {
    this.count += 1;
    const revision = this.revisions[slot] ?? -1;
    this.revisions[slot] = revision + 1;
    const request = `generation-req_${this.run}${String(this.count).padStart(18, '0')}`;
    return [
      { stream: request, expectedRevision: -1, events: [envelope('GenerationRequested')] },
      {
        stream: `tokenAccount-${this.run}_${slot}`,
        expectedRevision: revision,
        events: [envelope('TokensHeld')],
      },
    ];
  }
}
