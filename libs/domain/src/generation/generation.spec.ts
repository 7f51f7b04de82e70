import {
  generationRequest,
  given,
  priceQuote,
  storedImage,
  storedImages,
} from '@imprest/testkit/domain';
import { describe, test } from 'vitest';
import {
  type CompleteGeneration,
  type FailGeneration,
  type GenerationEvent,
  generation,
} from './index.js';

const price = priceQuote({ images: 4, perImage: 10n });

const requested: GenerationEvent = {
  type: 'GenerationRequested',
  data: generationRequest({ price }),
};
const started: GenerationEvent = { type: 'GenerationStarted', data: { attempt: 1 } };
const succeeded: GenerationEvent = {
  type: 'GenerationSucceeded',
  data: { images: 4, charged: 40n, refunded: 0n, lots: [] },
};
const failed: GenerationEvent = {
  type: 'GenerationFailed',
  data: {
    code: 'provider_timeout',
    message: 'no answer in 120 seconds',
    retryable: true,
    retryAfter: 30,
    charged: 0n,
    refunded: 40n,
    lots: [],
  },
};
const cancelled: GenerationEvent = {
  type: 'GenerationCancelled',
  data: { reason: 'by the caller', charged: 0n, refunded: 40n },
};
const erased: GenerationEvent = { type: 'GenerationErased', data: { reason: 'by the caller' } };

const start = { type: 'StartGeneration', attempt: 1 } as const;
const complete: CompleteGeneration = {
  type: 'CompleteGeneration',
  stored: storedImages(4),
  lost: [],
};
const fail: FailGeneration = {
  type: 'FailGeneration',
  code: 'provider_timeout',
  message: 'no answer in 120 seconds',
  retryable: true,
  retryAfter: 30,
};
const cancel = { type: 'CancelGeneration', reason: 'by the caller' } as const;
const erase = { type: 'EraseGeneration', reason: 'by the caller' } as const;

const stored = (index: number): GenerationEvent => ({
  type: 'ImageStored',
  data: storedImage(index),
});
const lost = (index: number): GenerationEvent => ({ type: 'ImageLost', data: { index } });

describe('RequestGeneration', () => {
  const request = { type: 'RequestGeneration', request: generationRequest({ price }) } as const;

  test('states the request', () => {
    given(generation).when(request).then(requested);
  });

  test('repeated, nothing happens, whatever became of it', () => {
    given(generation, requested).when(request).thenNothingHappened();
    given(generation, requested, failed, erased).when(request).thenNothingHappened();
  });

  test('with the same id for another request is a conflict', () => {
    given(generation, requested)
      .when({ ...request, request: generationRequest({ price, fingerprint: 'other' }) })
      .thenRejected('conflict');
  });

  test.each([
    { ...price, total: 41n },
    { ...price, total: 39n },
    { ...price, images: 0, total: 0n },
    { ...price, images: 1.5 },
  ])('with a price that does not add up is refused', (wrong) => {
    given(generation)
      .when({ ...request, request: generationRequest({ price: wrong }) })
      .thenRejected('validation_error', 'price');
  });
});

describe('before it is requested', () => {
  test.each([start, complete, fail, cancel, erase])('$type is refused', (command) => {
    given(generation).when(command).thenRejected('not_found');
  });
});

describe('StartGeneration', () => {
  test('starts what is queued', () => {
    given(generation, requested).when(start).then(started);
  });

  test('repeated, or for a later attempt, changes nothing', () => {
    given(generation, requested, started).when(start).thenNothingHappened();
    given(generation, requested, started)
      .when({ ...start, attempt: 2 })
      .thenNothingHappened();
  });

  test.each([succeeded, failed, cancelled])('after $type changes nothing', (end) => {
    given(generation, requested, end).when(start).thenNothingHappened();
  });
});

describe('CompleteGeneration', () => {
  test('charges every image that was stored', () => {
    given(generation, requested, started)
      .when(complete)
      .then(stored(0), stored(1), stored(2), stored(3), succeeded);
  });

  test('does not need a start: a result may be the first that is heard', () => {
    given(generation, requested)
      .when({ ...complete, stored: storedImages(1) })
      .then(stored(0), {
        type: 'GenerationSucceeded',
        data: { images: 1, charged: 10n, refunded: 30n, lots: [] },
      });
  });

  test('refunds what storage lost', () => {
    given(generation, requested, started)
      .when({ ...complete, stored: [storedImage(0), storedImage(2), storedImage(3)], lost: [1] })
      .then(stored(0), stored(2), stored(3), lost(1), {
        type: 'GenerationSucceeded',
        data: { images: 3, charged: 30n, refunded: 10n, lots: [] },
      });
  });

  test('says which lots pay: what was drawn first pays first', () => {
    const held = [
      { lotId: 'gift', tokens: 15n },
      { lotId: 'paid', tokens: 25n },
    ];
    given(generation, requested, started)
      .when({ ...complete, stored: [storedImage(0), storedImage(2)], lost: [1, 3], held })
      .then(stored(0), stored(2), lost(1), lost(3), {
        type: 'GenerationSucceeded',
        data: {
          ...{ images: 2, charged: 20n, refunded: 20n },
          lots: [
            { lotId: 'gift', tokens: 15n },
            { lotId: 'paid', tokens: 5n },
          ],
        },
      });
  });

  test('charges an image once however often it is reported', () => {
    const again = storedImage(0, { assetId: 'img_again' });
    given(generation, requested, started)
      .when({ ...complete, stored: [storedImage(0), again], lost: [0, 1, 1] })
      .then(stored(0), lost(1), {
        type: 'GenerationSucceeded',
        data: { images: 1, charged: 10n, refunded: 30n, lots: [] },
      });
  });

  test('never charges more than was asked for', () => {
    given(generation, requested, started)
      .when({
        ...complete,
        stored: [-1, 0.5, Number.NaN, 3, 4].map((index) => storedImage(index)),
        lost: [4, -1],
      })
      .then(stored(3), {
        type: 'GenerationSucceeded',
        data: { images: 1, charged: 10n, refunded: 30n, lots: [] },
      });
  });

  test.each([
    { lost: [0, 1, 2, 3], message: 'no image could be stored' },
    { lost: [], message: 'the provider made no image' },
  ])('with no image is a failure that costs nothing: $message', ({ lost, message }) => {
    given(generation, requested, started)
      .when({ ...complete, stored: [], lost })
      .then({
        type: 'GenerationFailed',
        data: {
          code: 'provider_error',
          message,
          retryable: true,
          retryAfter: null,
          charged: 0n,
          refunded: 40n,
          lots: [],
        },
      });
  });
});

describe('FailGeneration', () => {
  test('ends a running generation and refunds all', () => {
    given(generation, requested, started).when(fail).then(failed);
  });

  test('ends a queued one too', () => {
    given(generation, requested).when(fail).then(failed);
  });
});

describe('CancelGeneration', () => {
  test.each([[[requested]], [[requested, started]]])('ends it and refunds all', (history) => {
    given(generation, ...history)
      .when(cancel)
      .then(cancelled);
  });

  test('repeated, nothing happens', () => {
    given(generation, requested, cancelled).when(cancel).thenNothingHappened();
  });

  test.each([
    { end: succeeded, message: 'the generation has succeeded already' },
    { end: failed, message: 'the generation has failed already' },
  ])('comes too late: $message', ({ end, message }) => {
    given(generation, requested, end).when(cancel).thenRejected('conflict', { message });
  });
});

describe('whoever comes first decides, and later outcomes change nothing', () => {
  test.each([succeeded, failed, cancelled])('after $type', (end) => {
    given(generation, requested, started, end).when(complete).thenNothingHappened();
    given(generation, requested, started, end).when(fail).thenNothingHappened();
  });
});

describe('EraseGeneration', () => {
  test.each([succeeded, failed, cancelled])('erases after $type', (end) => {
    given(generation, requested, end).when(erase).then(erased);
  });

  test.each([[[requested]], [[requested, started]]])('is refused before the end', (history) => {
    given(generation, ...history)
      .when(erase)
      .thenRejected('conflict', { message: 'cancel the generation before deleting it' });
  });

  test('repeated, nothing happens', () => {
    given(generation, requested, failed, erased).when(erase).thenNothingHappened();
  });

  test('leaves the outcome as it was', () => {
    given(generation, requested, failed, erased)
      .when(cancel)
      .thenRejected('conflict', { message: 'the generation has failed already' });
  });
});
