import type {
  DeleteReq,
  DeleteResp,
  TombstoneReq,
  TombstoneResp,
} from '@eventstore/db-client/generated/streams_pb.js';
import streamsMessages from '@eventstore/db-client/generated/streams_pb.js';
import { type ServerUnaryCall, type sendUnaryData, status } from '@grpc/grpc-js';
import type { AppendAnswer, EventLog } from '../log/event-log.js';
import { expectedRevision } from './append.js';
import { streamName } from './event-messages.js';
import { callError, streamDeletedError } from './protocol-errors.js';

export async function deleteStream(
  { request }: ServerUnaryCall<DeleteReq, DeleteResp>,
  respond: sendUnaryData<DeleteResp>,
  log: EventLog,
): Promise<void> {
  const options = request.getOptions() as DeleteReq.Options;
  const stream = streamName(options.getStreamIdentifier());
  const result = await log.delete(stream, expectedRevision(options));
  if (result.kind !== 'success') return respond(deletionError(stream, result));
  const position = new streamsMessages.DeleteResp.Position();
  position.setCommitPosition(String(result.position)).setPreparePosition(String(result.position));
  respond(null, new streamsMessages.DeleteResp().setPosition(position));
}

export async function tombstoneStream(
  { request }: ServerUnaryCall<TombstoneReq, TombstoneResp>,
  respond: sendUnaryData<TombstoneResp>,
  log: EventLog,
): Promise<void> {
  const options = request.getOptions() as TombstoneReq.Options;
  const stream = streamName(options.getStreamIdentifier());
  const result = await log.tombstone(stream, expectedRevision(options));
  if (result.kind !== 'success') return respond(deletionError(stream, result));
  const position = new streamsMessages.TombstoneResp.Position();
  position.setCommitPosition(String(result.position)).setPreparePosition(String(result.position));
  respond(null, new streamsMessages.TombstoneResp().setPosition(position));
}

function deletionError(stream: string, result: Exclude<AppendAnswer, { kind: 'success' }>) {
  if (result.kind === 'streamDeleted') return streamDeletedError(stream);
  return callError(status.FAILED_PRECONDITION, `Wrong expected version of '${stream}'.`, {
    exception: 'wrong-expected-version',
    'stream-name': stream,
    'expected-version': '-1',
    'actual-version': String(result.current ?? -1),
  });
}
