import { type RecordedEvent, streamName } from '@imprest/event-catalogue';
import type { EventStore } from '../ports/event-store.js';

export interface EventPlace {
  readonly stream: string;
  readonly revision: number;
}

type Reader = Pick<EventStore, 'readStream'>;

const IN_STREAM = /^(?<stream>[a-z][A-Za-z]*-.+)@(?<revision>\d{1,15})$/;

/** `STREAM@REVISION`; undefined for what does not name a place. */
export function eventPlace(reference: string): EventPlace | undefined {
  const { stream, revision } = IN_STREAM.exec(reference)?.groups ?? {};
  if (stream === undefined || revision === undefined) return undefined;
  return { stream, revision: Number(revision) };
}

export async function eventAt(
  store: Reader,
  { stream, revision: fromRevision }: EventPlace,
): Promise<RecordedEvent | undefined> {
  for await (const page of store.readStream(stream, { fromRevision, maxCount: 1 })) return page[0];
  return undefined;
}

/** The request a generation began with, for whoever has its id and not the request's; the id itself of anything else. */
export async function correlationOf(store: Reader, id: string): Promise<string> {
  const place = { stream: streamName('generation', id), revision: 0 };
  return (await eventAt(store, place))?.metadata.correlationId ?? id;
}
