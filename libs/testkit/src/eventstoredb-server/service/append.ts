import sharedMessages from '@eventstore/db-client/generated/shared_pb.js';
import type { AppendReq, AppendResp } from '@eventstore/db-client/generated/streams_pb.js';
import streamsMessages from '@eventstore/db-client/generated/streams_pb.js';
import { type ServerReadableStream, type sendUnaryData, status } from '@grpc/grpc-js';
import type { ExpectedRevision } from '../log/append-decision.js';
import type { AppendAnswer } from '../log/event-log.js';
import { type ProposedEvent, sizeOnDisk } from '../log/stored-event.js';
import type { AppendServices } from './batch-append.js';
import { proposedEvent, streamName } from './event-messages.js';
import { callError, streamDeletedError, tooLargeError } from './protocol-errors.js';

type AppendCall = ServerReadableStream<AppendReq, AppendResp>;

/** The older call: one append, whose options come first and whose events follow. */
export function append(
  call: AppendCall,
  respond: sendUnaryData<AppendResp>,
  services: AppendServices,
): void {
  let options: AppendReq.Options | undefined;
  const events: ProposedEvent[] = [];
  call.on('data', (request: AppendReq) => {
    options ??= request.getOptions();
    const message = request.getProposedMessage();
    if (message !== undefined) events.push(proposedEvent(message));
  });
  call.on('error', () => undefined);
  call.on('end', () => {
    if (options === undefined) {
      respond(callError(status.INVALID_ARGUMENT, 'the append has no options'));
    } else {
      void commit(options, events, respond, services);
    }
  });
}

async function commit(
  options: AppendReq.Options,
  events: readonly ProposedEvent[],
  respond: sendUnaryData<AppendResp>,
  { log, faults, maxAppendSize }: AppendServices,
): Promise<void> {
  const bytes = events.reduce((sum, event) => sum + sizeOnDisk(event), 0);
  if (bytes > maxAppendSize) return respond(tooLargeError(maxAppendSize));
  if (faults.refuse !== undefined) return respond(callError(status.UNAVAILABLE, faults.refuse));
  if (faults.ignoreAppends) return;
  const stream = streamName(options.getStreamIdentifier());
  const expected = expectedRevision(options);
  const result = await log.append(stream, expected, events);
  faults.answer(() => {
    if (result.kind === 'streamDeleted') respond(streamDeletedError(stream));
    else respond(null, appendResponse(result, expected));
  });
}

/** Every call but BatchAppend names it alike. */
export function expectedRevision(options: {
  hasRevision(): boolean;
  getRevision(): string;
  hasNoStream(): boolean;
  hasStreamExists(): boolean;
}): ExpectedRevision {
  if (options.hasRevision()) return Number(options.getRevision());
  if (options.hasNoStream()) return 'noStream';
  return options.hasStreamExists() ? 'streamExists' : 'any';
}

function appendResponse(
  result: Exclude<AppendAnswer, { kind: 'streamDeleted' }>,
  expected: ExpectedRevision,
): AppendResp {
  if (result.kind === 'success') {
    const position = String(result.position);
    const at = new streamsMessages.AppendResp.Position()
      .setCommitPosition(position)
      .setPreparePosition(position);
    const success = new streamsMessages.AppendResp.Success();
    success.setCurrentRevision(String(result.revision)).setPosition(at);
    return new streamsMessages.AppendResp().setSuccess(success);
  }
  const wrong = new streamsMessages.AppendResp.WrongExpectedVersion();
  if (result.current === undefined) wrong.setCurrentNoStream(new sharedMessages.Empty());
  else wrong.setCurrentRevision(String(result.current));
  if (expected === 'noStream') wrong.setExpectedNoStream(new sharedMessages.Empty());
  else if (expected === 'streamExists') wrong.setExpectedStreamExists(new sharedMessages.Empty());
  else if (expected === 'any') wrong.setExpectedAny(new sharedMessages.Empty());
  else wrong.setExpectedRevision(String(expected));
  return new streamsMessages.AppendResp().setWrongExpectedVersion(wrong);
}
