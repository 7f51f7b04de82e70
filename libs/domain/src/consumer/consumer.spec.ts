import { given } from '@imprest/testkit/domain';
import { describe, test } from 'vitest';
import { type ConsumerEvent, type ConsumerKind, consumer } from './index.js';

const stream = 'generation-g1';
const about = (revision: number, kind: ConsumerKind = 'reactor') => ({
  stream,
  revision,
  eventId: `id-${revision}`,
  eventType: 'GenerationSucceeded',
  kind,
  failure: 'TypeError',
  attempts: 5,
});
const parked = (revision: number, kind?: ConsumerKind): ConsumerEvent => ({
  type: 'EventParked',
  data: about(revision, kind),
});
const decided = (type: 'ParkedEventRetried' | 'ParkedEventSkipped'): ConsumerEvent => ({
  type,
  data: { stream, revision: 2, reason: 'mended' },
});
const released: ConsumerEvent = { type: 'ParkedStreamReleased', data: { stream, revision: 7 } };
const park = (revision: number) => ({ type: 'ParkEvent', parked: about(revision) }) as const;
const retry = { type: 'RetryParkedEvent', stream, revision: 2, reason: 'mended' } as const;
const skip = { type: 'SkipParkedEvent', stream, revision: 2, reason: 'mended' } as const;
const release = { type: 'ReleaseParkedStream', stream, revision: 7 } as const;

describe('an event that cannot be processed', () => {
  test('is parked once', () => {
    given(consumer).when(park(2)).then(parked(2));
    given(consumer, parked(2)).when(park(2)).thenNothingHappened();
  });

  test('is parked again when what staff decided did not help, and a later one is too', () => {
    given(consumer, parked(2), decided('ParkedEventRetried')).when(park(2)).then(parked(2));
    given(consumer, parked(2), decided('ParkedEventSkipped')).when(park(3)).then(parked(3));
    given(consumer, parked(2)).when(park(3)).then(parked(3));
  });

  test('is released once, and may be parked after that', () => {
    given(consumer, parked(2)).when(release).then(released);
    given(consumer, parked(2), released).when(release).thenNothingHappened();
    given(consumer, parked(2), released).when(park(2)).then(parked(2));
  });
});

describe('staff', () => {
  test('may have it retried, and asking twice is asking once', () => {
    given(consumer, parked(2)).when(retry).then(decided('ParkedEventRetried'));
    given(consumer, parked(2), decided('ParkedEventRetried')).when(retry).thenNothingHappened();
    given(consumer, parked(2), decided('ParkedEventRetried'), parked(2))
      .when(retry)
      .then(decided('ParkedEventRetried'));
  });

  test('may let a reactor do without it, never a projector', () => {
    given(consumer, parked(2)).when(skip).then(decided('ParkedEventSkipped'));
    given(consumer, parked(2), decided('ParkedEventSkipped')).when(skip).thenNothingHappened();
    given(consumer, parked(2, 'projector')).when(skip).thenRejected('conflict');
    given(consumer, parked(2, 'projector')).when(retry).then(decided('ParkedEventRetried'));
  });

  test('decides about parked streams only', () => {
    given(consumer).when(retry).thenRejected('not_found');
    given(consumer, parked(2), released).when(skip).thenRejected('not_found');
  });
});
