import { describe, expect, it } from 'vitest';
import { type ToldEvent, timelineEntry, timelineOf } from './timeline.ts';

const at = '2026-11-20T09:30:00.000Z';
const event = (kind: string, facts: object = {}): ToldEvent => ({ id: kind, at, kind, ...facts });

describe('the timeline of a generation', () => {
  it('says what was held and from which lot', () => {
    const held = timelineEntry(
      event('held', { held: 1200, lots: [{ lotId: 'lot_1', tokens: 1200 }] }),
    );
    expect(held).toMatchObject({ group: 'tokens', title: 'Tokens held' });
    expect(held.detail).toBe('held 1\u202f200 · lot lot_1');
  });

  it('says why an attempt failed and when the next one is', () => {
    const error = { code: 'provider_error', message: 'it broke', retryable: true };
    const { tone, detail } = timelineEntry(
      event('attempt_failed', { attempt: 1, error, retryAt: at }),
    );
    expect(tone).toBe('bad');
    expect(detail).toBe(`attempt 1 · provider_error: it broke · again at 2026-11-20 09:30:00`);
  });

  it('colours a delivery by what became of it and leads to its message', () => {
    const facts = { messageId: 'msg_1', outcome: 'retry', status: 503, elapsedMs: 40 };
    expect(timelineEntry(event('webhook_attempted', facts))).toMatchObject({
      tone: 'busy',
      messageId: 'msg_1',
      detail: 'retry · HTTP 503 · in 40 ms',
    });
  });

  it('tells kinds that it does not know by their name', () => {
    expect(timelineEntry(event('something_new'))).toMatchObject({
      title: 'something new',
      group: 'work',
    });
  });

  it('can be told of one group alone', () => {
    const events = [event('requested'), event('held'), event('webhook_created')];
    expect(timelineOf(events, 'tokens').map(({ id }) => id)).toEqual(['held']);
    expect(timelineOf(events, 'all')).toHaveLength(3);
  });
});
