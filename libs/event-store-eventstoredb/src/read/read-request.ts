import sharedMessages from '@eventstore/db-client/generated/shared_pb.js';
import type { ReadReq } from '@eventstore/db-client/generated/streams_pb.js';
import streamsMessages from '@eventstore/db-client/generated/streams_pb.js';
import { START_OF_STORE } from '@imprest/application';
import { POSITIONS_STREAM } from '../positions/stored-positions.js';

const { Options } = streamsMessages.ReadReq;

export interface StreamRead {
  readonly stream: string;
  readonly fromRevision: number | undefined;
  readonly maxCount: number;
  readonly backwards: boolean;
}

export interface StoreRead {
  /** A commit position, or START_OF_STORE. The event there comes with the answer. */
  readonly from: bigint;
  readonly categories: readonly string[] | undefined;
  readonly maxCount: number;
}

/**
 * How many events the server looks at before it tells how far it got, however few pass the filter.
 * The default of 32 makes a category that is rare in a large store slow to catch up.
 */
const SEARCH_WINDOW = 500;
const EVERYTHING = String(Number.MAX_SAFE_INTEGER);
/** A filter without a prefix would let everything pass. */
const NO_STREAMS = '^$';
/** What the server writes for itself begins with `$`. */
const PRODUCT_STREAMS = `^(?!${POSITIONS_STREAM}$)[^$]`;

export function streamRequest(read: StreamRead): ReadReq {
  const options = commonOptions(read.maxCount);
  const stream = new Options.StreamOptions();
  stream.setStreamIdentifier(
    new sharedMessages.StreamIdentifier().setStreamName(Buffer.from(read.stream)),
  );
  if (read.fromRevision !== undefined) stream.setRevision(String(read.fromRevision));
  else if (read.backwards) stream.setEnd(new sharedMessages.Empty());
  else stream.setStart(new sharedMessages.Empty());
  options.setStream(stream);
  options.setReadDirection(read.backwards ? 1 : 0);
  options.setNoFilter(new sharedMessages.Empty());
  return new streamsMessages.ReadReq().setOptions(options);
}

export function storeRequest({ from, categories, maxCount }: StoreRead): ReadReq {
  const options = commonOptions(maxCount);
  options.setAll(allFrom(from));
  options.setFilter(streamFilter(categories));
  return new streamsMessages.ReadReq().setOptions(options);
}

/** The newest event of the store, whoever wrote it. */
export function headRequest(): ReadReq {
  const options = commonOptions(1);
  options.setAll(new Options.AllOptions().setEnd(new sharedMessages.Empty()));
  options.setReadDirection(1);
  options.setNoFilter(new sharedMessages.Empty());
  return new streamsMessages.ReadReq().setOptions(options);
}

/** The newest event of the product. */
export function lastEventRequest(): ReadReq {
  const request = headRequest();
  request.getOptions()?.setFilter(streamFilter(undefined));
  return request;
}

/** Everything after a commit position, for ever, with checkpoints. */
export function subscribeRequest(
  after: bigint,
  categories: readonly string[] | undefined,
): ReadReq {
  const options = commonOptions(0);
  options.setSubscription(new Options.SubscriptionOptions());
  options.setAll(allFrom(after));
  options.setFilter(streamFilter(categories));
  return new streamsMessages.ReadReq().setOptions(options);
}

function commonOptions(maxCount: number): ReadReq.Options {
  const options = new Options();
  options.setResolveLinks(false);
  options.setUuidOption(new Options.UUIDOption().setString(new sharedMessages.Empty()));
  options.setCount(Number.isSafeInteger(maxCount) ? String(maxCount) : EVERYTHING);
  return options;
}

function allFrom(position: bigint): ReadReq.Options.AllOptions {
  const all = new Options.AllOptions();
  if (position === START_OF_STORE) return all.setStart(new sharedMessages.Empty());
  const at = new Options.Position();
  at.setCommitPosition(String(position)).setPreparePosition(String(position));
  return all.setPosition(at);
}

/** Without categories every stream of the product. */
function streamFilter(categories: readonly string[] | undefined): ReadReq.Options.FilterOptions {
  const expression = new Options.FilterOptions.Expression();
  if (categories === undefined) expression.setRegex(PRODUCT_STREAMS);
  else if (categories.length === 0) expression.setRegex(NO_STREAMS);
  else expression.setPrefixList(categories.map((category) => `${category}-`));
  return new Options.FilterOptions()
    .setStreamIdentifier(expression)
    .setMax(SEARCH_WINDOW)
    .setCheckpointintervalmultiplier(1);
}
