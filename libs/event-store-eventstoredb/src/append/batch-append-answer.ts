import streamsMessages from '@eventstore/db-client/generated/streams_pb.js';

import { FieldReader } from './field-reader.js';

/** `event_store.client.streams.BatchAppendResp`, as far as a writer needs it. */
export interface BatchAppendAnswer {
  /** Of the request; undefined when the answer names none of ours. */
  readonly id: number | undefined;
  /** Commit position of the last event; undefined when the server does not tell, or refuses. */
  readonly position: bigint | undefined;
  readonly refusal: BatchAppendRefusal | undefined;
}

export interface BatchAppendRefusal {
  /** Message type of the reason, without its package: WrongExpectedVersion, Timeout, ... */
  readonly reason: string;
  readonly message: string;
}

const CORRELATION_ID = 1;
const ERROR = 2;
const SUCCESS = 3;
const STRUCTURED = 1;
const LEAST_SIGNIFICANT_BITS = 2;
const POSITION = 3;
const COMMIT_POSITION = 1;

/** Answers are small and come by the thousand: the generated decoder would cost more than the rest. */
export function decodeAnswer(bytes: Buffer): BatchAppendAnswer {
  const fields = new FieldReader(bytes, 0, bytes.length);
  let id: number | undefined;
  let position: bigint | undefined;
  let refusal: BatchAppendRefusal | undefined;
  while (fields.next()) {
    if (fields.number === CORRELATION_ID) id = correlationId(fields.nested());
    else if (fields.number === SUCCESS) position = commitPosition(fields.nested());
    else if (fields.number === ERROR) refusal = decodeRefusal(bytes);
  }
  return { id, position, refusal };
}

function correlationId(uuid: FieldReader): number | undefined {
  while (uuid.next()) {
    if (uuid.number !== STRUCTURED) continue;
    const structured = uuid.nested();
    while (structured.next()) {
      if (structured.number === LEAST_SIGNIFICANT_BITS) return structured.value;
    }
  }
  return undefined;
}

function commitPosition(success: FieldReader): bigint | undefined {
  while (success.next()) {
    if (success.number !== POSITION) continue;
    const position = success.nested();
    while (position.next()) {
      if (position.number !== COMMIT_POSITION) continue;
      // A repeat of what is not indexed yet is answered with -1.
      return Number.isSafeInteger(position.value) ? BigInt(position.value) : undefined;
    }
  }
  return undefined;
}

function decodeRefusal(bytes: Buffer): BatchAppendRefusal {
  const error = streamsMessages.BatchAppendResp.deserializeBinary(bytes).getError();
  const type = error?.getDetails()?.getTypeName() ?? '';
  return { reason: type.slice(type.lastIndexOf('.') + 1), message: error?.getMessage() ?? '' };
}
