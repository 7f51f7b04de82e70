import type { UUID } from '@eventstore/db-client/generated/shared_pb.js';
import sharedMessages from '@eventstore/db-client/generated/shared_pb.js';
import type { Status } from '@eventstore/db-client/generated/status_pb.js';
import type {
  BatchAppendReq,
  BatchAppendResp,
} from '@eventstore/db-client/generated/streams_pb.js';
import streamsMessages from '@eventstore/db-client/generated/streams_pb.js';
import type { ServerDuplexStream } from '@grpc/grpc-js';
import type { Faults } from '../faults.js';
import type { ExpectedRevision } from '../log/append-decision.js';
import type { AppendAnswer, EventLog } from '../log/event-log.js';
import { type ProposedEvent, sizeOnDisk } from '../log/stored-event.js';
import { proposedEvent, streamIdentifier, streamName } from './event-messages.js';
import {
  accessDenied,
  appendTooLarge,
  notHandled,
  streamDeleted,
  timedOut,
  wrongExpectedVersion,
} from './protocol-errors.js';

export type BatchAppendCall = ServerDuplexStream<BatchAppendReq, BatchAppendResp>;

export interface AppendServices {
  readonly log: EventLog;
  readonly faults: Faults;
  readonly maxAppendSize: number;
}

/** An append whose requests have begun to come. */
interface Incoming {
  readonly stream: string;
  readonly expected: ExpectedRevision;
  readonly deadlineMs: number;
  readonly events: ProposedEvent[];
  bytes: number;
}

type Answer = (correlationId: UUID, stream: string, result: AppendAnswer | Status) => void;

/** Requests of one call are taken in their order; each is answered when it is kept, by its correlation id. */
export function batchAppend(call: BatchAppendCall, services: AppendServices): void {
  const incoming = new Map<string, Incoming>();
  const answer: Answer = (correlationId, stream, result) => {
    if (call.cancelled || call.destroyed) return;
    call.write(answerMessage(correlationId, stream, result));
  };
  call.on('data', (request: BatchAppendReq) => {
    void receive(request, incoming, services, answer);
  });
  call.on('end', () => call.end());
  call.on('error', () => undefined);
}

async function receive(
  request: BatchAppendReq,
  incoming: Map<string, Incoming>,
  services: AppendServices,
  answer: Answer,
): Promise<void> {
  const { faults, maxAppendSize } = services;
  const correlationId = request.getCorrelationId() as UUID;
  const key = keyOf(correlationId);
  const options = request.getOptions();
  if (options !== undefined && !incoming.has(key)) incoming.set(key, begin(options));
  const append = incoming.get(key);
  if (append === undefined) return;
  for (const message of request.getProposedMessagesList()) {
    const event = proposedEvent(message);
    append.events.push(event);
    append.bytes += sizeOnDisk(event);
  }
  const tooLarge = append.bytes > maxAppendSize;
  if (!request.getIsFinal() && !tooLarge) return;
  incoming.delete(key);
  const respond = (result: AppendAnswer | Status) => answer(correlationId, append.stream, result);
  if (tooLarge) respond(appendTooLarge(maxAppendSize));
  else if (append.deadlineMs <= Date.now()) respond(timedOut());
  else if (faults.refuse !== undefined) respond(refusal(faults.refuse));
  else if (!faults.ignoreAppends) await commit(append, services, respond);
}

/** Requests of one append name it in one form. */
function keyOf(correlationId: UUID): string {
  const id = correlationId.getStructured();
  if (id === undefined) return correlationId.getString();
  return `${id.getMostSignificantBits()} ${id.getLeastSignificantBits()}`;
}

async function commit(
  { stream, expected, events }: Incoming,
  { log, faults }: AppendServices,
  respond: (result: AppendAnswer | Status) => void,
): Promise<void> {
  const result = await log.append(stream, expected, events);
  faults.answer(() =>
    respond(
      result.kind === 'wrongExpectedRevision'
        ? wrongExpectedVersion(expected, result.current)
        : result.kind === 'streamDeleted'
          ? streamDeleted(stream)
          : result,
    ),
  );
}

function begin(options: BatchAppendReq.Options): Incoming {
  return {
    stream: streamName(options.getStreamIdentifier()),
    expected: expectedRevision(options),
    deadlineMs: options.getDeadline()?.toDate().getTime() ?? Number.POSITIVE_INFINITY,
    events: [],
    bytes: 0,
  };
}

function expectedRevision(options: BatchAppendReq.Options): ExpectedRevision {
  if (options.hasStreamPosition()) return Number(options.getStreamPosition());
  if (options.hasNoStream()) return 'noStream';
  return options.hasStreamExists() ? 'streamExists' : 'any';
}

function refusal(reason: NonNullable<Faults['refuse']>): Status {
  if (reason === 'timeout') return timedOut();
  if (reason === 'accessDenied') return accessDenied();
  return notHandled(reason === 'busy' ? 'Server Is Busy' : 'Server Is Not Ready');
}

function answerMessage(
  correlationId: UUID,
  stream: string,
  result: AppendAnswer | Status,
): BatchAppendResp {
  const answer = new streamsMessages.BatchAppendResp();
  answer.setCorrelationId(correlationId).setStreamIdentifier(streamIdentifier(stream));
  if (!('kind' in result)) return answer.setError(result);
  if (result.kind !== 'success') throw new Error(`an answer of ${result.kind} is an error`);
  const position = String(result.position);
  const at = new sharedMessages.AllStreamPosition()
    .setCommitPosition(position)
    .setPreparePosition(position);
  const success = new streamsMessages.BatchAppendResp.Success();
  success.setCurrentRevision(String(result.revision)).setPosition(at);
  return answer.setSuccess(success);
}
