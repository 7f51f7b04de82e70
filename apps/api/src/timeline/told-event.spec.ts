import type { DomainEvent } from '@imprest/domain';
import { catalogue } from '@imprest/event-catalogue';
import { exampleEventData } from '@imprest/testkit/domain';
import { RecordedLog } from '@imprest/testkit/projections';
import { describe, expect, test } from 'vitest';
import { toldKinds } from '../openapi/schemas/timeline.js';
import { isTold, toldEvent } from './told-event.js';

const types = Object.keys(catalogue) as DomainEvent['type'][];

function told(type: DomainEvent['type'], more: object = {}) {
  const event = { type, data: { ...exampleEventData[type], ...more } } as DomainEvent;
  const [recorded] = new RecordedLog().record('of_the_test', event);
  if (recorded === undefined) throw new Error('nothing was recorded');
  return toldEvent(recorded);
}

describe('a tenant is told', () => {
  test('everything about a generation, its work and its webhooks but how far it is and that it is gone', () => {
    const about = ['generation', 'job', 'webhookMessage'];
    const untold = types.filter(
      (type) => about.includes(catalogue[type].category) && !isTold({ type }),
    );
    expect(untold).toEqual(['GenerationErased', 'JobProgressed']);
  });

  test('in kinds that the reference names, each of them in use', () => {
    const kinds = types.filter((type) => isTold({ type })).map((type) => told(type).kind);
    expect([...kinds].sort()).toEqual([...toldKinds].sort());
  });

  test('no machine, no reason given among operators, and nothing sealed', () => {
    const hidden = { workerId: 'host-17', reason: 'a note', confidential: 'sealed' };
    for (const type of types.filter((each) => isTold({ type: each }))) {
      const shown = JSON.stringify(told(type, hidden));
      for (const secret of Object.values(hidden)) expect(shown).not.toContain(secret);
    }
  });

  test('what a failure means, in its own words only where the caller has to change something', () => {
    const failure = { message: 'CUDA out of memory on host-17', failureClass: 'infrastructure' };
    expect(told('JobAttemptFailed', failure)).toMatchObject({
      error: { code: 'provider_error', message: 'the work failed for a reason on our side' },
    });
    const own = { message: 'a reference is no image', failureClass: 'user' };
    expect(told('JobDeadLettered', own)).toMatchObject({
      error: { code: 'validation_error', message: 'a reference is no image', retryable: false },
    });
  });

  test('which tokens of which lots moved', () => {
    const captured = [{ lotId: 'lot_1', tokens: 7n }];
    const released = [{ lotId: 'lot_2', tokens: 3n }];
    expect(told('HoldSettled', { captured, released })).toMatchObject({
      ...{ kind: 'settled', charged: 7, returned: 3, lots: [{ lotId: 'lot_1', tokens: 7 }] },
    });
  });

  test('which message a webhook attempt was for', () => {
    expect(told('WebhookAttempted')).toMatchObject({ messageId: 'of_the_test' });
  });
});
