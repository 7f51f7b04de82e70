import sharedMessages from '@eventstore/db-client/generated/shared_pb.js';
import type { Status } from '@eventstore/db-client/generated/status_pb.js';
import statusMessages from '@eventstore/db-client/generated/status_pb.js';
import { Metadata, type ServiceError, status } from '@grpc/grpc-js';
import anyMessages from 'google-protobuf/google/protobuf/any_pb.js';
import emptyMessages from 'google-protobuf/google/protobuf/empty_pb.js';
import type { ExpectedRevision } from '../log/append-decision.js';

interface Packable {
  serializeBinary(): Uint8Array;
}

/** Errors of BatchAppend travel in its answers, as a `google.rpc.Status` with the reason packed into it. */
export function batchError(name: string, reason: Packable, code: number, message = name): Status {
  const details = new anyMessages.Any();
  details.pack(reason.serializeBinary(), `event_store.client.${name}`);
  return new statusMessages.Status().setCode(code).setMessage(message).setDetails(details);
}

export function wrongExpectedVersion(
  expected: ExpectedRevision,
  current: number | undefined,
): Status {
  const reason = new sharedMessages.WrongExpectedVersion();
  if (current === undefined) reason.setCurrentNoStream(new emptyMessages.Empty());
  else reason.setCurrentStreamRevision(String(current));
  if (expected === 'any') reason.setExpectedAny(new emptyMessages.Empty());
  else if (expected === 'noStream') reason.setExpectedNoStream(new emptyMessages.Empty());
  else if (expected === 'streamExists') reason.setExpectedStreamExists(new emptyMessages.Empty());
  else reason.setExpectedStreamPosition(String(expected));
  return batchError('WrongExpectedVersion', reason, status.FAILED_PRECONDITION);
}

export function streamDeleted(stream: string): Status {
  const identifier = new sharedMessages.StreamIdentifier().setStreamName(Buffer.from(stream));
  const reason = new sharedMessages.StreamDeleted().setStreamIdentifier(identifier);
  return batchError('StreamDeleted', reason, status.FAILED_PRECONDITION);
}

export function appendTooLarge(limit: number): Status {
  const reason = new sharedMessages.MaximumAppendSizeExceeded().setMaxappendsize(limit);
  return batchError('MaximumAppendSizeExceeded', reason, status.INVALID_ARGUMENT);
}

export const timedOut = () =>
  batchError('Timeout', new sharedMessages.Timeout(), status.DEADLINE_EXCEEDED);

export const accessDenied = () =>
  batchError('AccessDenied', new sharedMessages.AccessDenied(), status.PERMISSION_DENIED);

/** As the server answers while it starts or is overloaded: the reason is an empty message. */
export function notHandled(message: 'Server Is Not Ready' | 'Server Is Busy'): Status {
  const details = new anyMessages.Any();
  details.pack(new emptyMessages.Empty().serializeBinary(), 'google.protobuf.Empty');
  return new statusMessages.Status().setMessage(message).setDetails(details);
}

/** Errors of every other call are gRPC errors whose metadata says what they are about. */
export function callError(
  code: number,
  details: string,
  described: Readonly<Record<string, string>> = {},
): ServiceError {
  const metadata = new Metadata();
  for (const [key, value] of Object.entries(described)) metadata.set(key, value);
  return Object.assign(new Error(details), { code, details, metadata });
}

export function streamDeletedError(stream: string): ServiceError {
  const described = { exception: 'stream-deleted', 'stream-name': stream };
  return callError(status.FAILED_PRECONDITION, `Event stream '${stream}' is deleted.`, described);
}

export function tooLargeError(limit: number): ServiceError {
  return callError(status.INVALID_ARGUMENT, `Maximum Append Size of ${limit} Exceeded.`, {
    exception: 'maximum-append-size-exceeded',
    'maximum-append-size': String(limit),
  });
}
