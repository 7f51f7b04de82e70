import sharedMessages from '@eventstore/db-client/generated/shared_pb.js';
import statusMessages from '@eventstore/db-client/generated/status_pb.js';
import type { BatchAppendResp } from '@eventstore/db-client/generated/streams_pb.js';
import streamsMessages from '@eventstore/db-client/generated/streams_pb.js';
import fc from 'fast-check';
import anyMessages from 'google-protobuf/google/protobuf/any_pb.js';
import emptyMessages from 'google-protobuf/google/protobuf/empty_pb.js';
import { expect, test } from 'vitest';
import { decodeAnswer } from './batch-append-answer.js';

function anAnswer(id: number): BatchAppendResp {
  const structured = new sharedMessages.UUID.Structured();
  structured.setMostSignificantBits('-7').setLeastSignificantBits(String(id));
  const name = new sharedMessages.StreamIdentifier().setStreamName(Buffer.from('stream-1'));
  return new streamsMessages.BatchAppendResp()
    .setCorrelationId(new sharedMessages.UUID().setStructured(structured))
    .setStreamIdentifier(name);
}

function success(position: bigint): BatchAppendResp.Success {
  const at = new sharedMessages.AllStreamPosition();
  at.setCommitPosition(String(position)).setPreparePosition(String(position));
  return new streamsMessages.BatchAppendResp.Success().setCurrentRevision('3').setPosition(at);
}

const decode = (answer: BatchAppendResp) => decodeAnswer(Buffer.from(answer.serializeBinary()));

test('the id and the position of any answer are those the generated encoder was given', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 2 ** 34 }),
      fc.bigInt(1n, BigInt(Number.MAX_SAFE_INTEGER)),
      (id, position) => {
        const answer = anAnswer(id).setSuccess(success(position));
        expect(decode(answer)).toEqual({ id, position, refusal: undefined });
      },
    ),
  );
});

test.each([
  ['-1, as for a repeat that is not indexed yet', success(2n ** 64n - 1n)],
  ['none', new streamsMessages.BatchAppendResp.Success().setNoPosition(new emptyMessages.Empty())],
])('a position of %s is no position', (_, success) => {
  expect(decode(anAnswer(9).setSuccess(success))).toMatchObject({ id: 9, position: undefined });
});

test('a refusal tells its reason', () => {
  const details = new anyMessages.Any();
  const reason = new sharedMessages.WrongExpectedVersion().setCurrentStreamRevision('4');
  details.pack(reason.serializeBinary(), 'event_store.client.WrongExpectedVersion');
  const error = new statusMessages.Status().setMessage('behind').setDetails(details);
  expect(decode(anAnswer(5).setError(error))).toEqual({
    id: 5,
    position: undefined,
    refusal: { reason: 'WrongExpectedVersion', message: 'behind' },
  });
});

test('a refusal without details is one all the same', () => {
  const error = new statusMessages.Status().setMessage('odd');
  expect(decode(anAnswer(5).setError(error))).toMatchObject({
    refusal: { reason: '', message: 'odd' },
  });
});

test('an answer to an id of another form is nobody’s', () => {
  const id = new sharedMessages.UUID().setString('3c4e5a10-0000-4000-8000-000000000001');
  const answer = new streamsMessages.BatchAppendResp().setCorrelationId(id).setSuccess(success(1n));
  expect(decode(answer).id).toBeUndefined();
});
