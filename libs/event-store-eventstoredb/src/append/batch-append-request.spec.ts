import streamsMessages from '@eventstore/db-client/generated/streams_pb.js';
import { NO_STREAM } from '@imprest/application';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { encodeRequests, putCorrelationId, type StreamWrite } from './batch-append-request.js';

const event = fc.record({
  eventId: fc.uuid(),
  type: fc.string({ minLength: 1, maxLength: 40, unit: 'grapheme' }),
  data: fc.json(),
  metadata: fc.json(),
});
const write: fc.Arbitrary<StreamWrite> = fc.record({
  stream: fc.string({ minLength: 1, maxLength: 60, unit: 'grapheme' }),
  expectedRevision: fc.oneof(fc.constant(NO_STREAM), fc.nat(), fc.maxSafeNat()),
  events: fc.array(event, { minLength: 1, maxLength: 5 }),
});
const text = (bytes: Uint8Array) => Buffer.from(bytes).toString('utf8');

/** As the server reads it. */
function decode(request: Buffer) {
  const decoded = streamsMessages.BatchAppendReq.deserializeBinary(request);
  const options = decoded.getOptions();
  const id = decoded.getCorrelationId()?.getStructured();
  return {
    call: Number(id?.getMostSignificantBits()),
    id: Number(id?.getLeastSignificantBits()),
    stream: options && text(options.getStreamIdentifier()?.getStreamName_asU8() as Uint8Array),
    expectedRevision:
      options && (options.hasNoStream() ? NO_STREAM : Number(options.getStreamPosition())),
    hasDeadline: options?.hasDeadline(),
    isFinal: decoded.getIsFinal(),
    events: decoded.getProposedMessagesList().map((message) => ({
      eventId: message.getId()?.getString(),
      type: message.getMetadataMap().get('type'),
      contentType: message.getMetadataMap().get('content-type'),
      data: text(message.getData_asU8()),
      metadata: text(message.getCustomMetadata_asU8()),
    })),
  };
}

test('the generated decoder reads what was encoded', () => {
  fc.assert(
    fc.property(write, fc.nat(), fc.integer({ min: 1, max: 2 ** 34 }), (given, call, id) => {
      const requests = encodeRequests(given);
      expect(requests).toHaveLength(1);
      const [request] = requests as [Buffer];
      putCorrelationId(request, call, id);
      expect(decode(request)).toEqual({
        call,
        id,
        stream: given.stream,
        expectedRevision: given.expectedRevision,
        hasDeadline: false,
        isFinal: true,
        events: given.events.map((each) => ({ ...each, contentType: 'application/json' })),
      });
    }),
  );
});

test('an id can be put in again for another attempt', () => {
  const events = [{ eventId: 'a'.repeat(36), type: 'T', data: '{}', metadata: '{}' }];
  const [request] = encodeRequests({ stream: 's-1', expectedRevision: 7, events }) as [Buffer];
  putCorrelationId(request, 2 ** 32 - 1, 1);
  putCorrelationId(request, 3, 2 ** 34);
  expect(decode(request)).toMatchObject({ call: 3, id: 2 ** 34, stream: 's-1' });
});

test('events beyond the size of a message go in several, the last one marked as such', () => {
  const data = JSON.stringify('x'.repeat(700_000));
  const events = Array.from({ length: 7 }, (_, n) => {
    const eventId = `0000000${n}-0000-4000-8000-000000000000`;
    return { eventId, type: 'Large', data, metadata: '{}' };
  });
  const requests = encodeRequests({ stream: 's-1', expectedRevision: NO_STREAM, events });
  const decoded = requests.map(decode);
  expect(requests.every(({ length }) => length < 3_000_000)).toBe(true);
  expect(decoded.map(({ isFinal }) => isFinal)).toEqual([false, false, false, true]);
  expect(decoded.map(({ stream }) => stream)).toEqual(['s-1', undefined, undefined, undefined]);
  expect(decoded.flatMap((each) => each.events.map(({ eventId }) => eventId))).toEqual(
    events.map(({ eventId }) => eventId),
  );
});
