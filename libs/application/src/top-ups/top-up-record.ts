import { type TopUpEvent, type TopUpState, topUp } from '@imprest/domain';
import {
  type JsonObject,
  type RecordedEvent,
  streamId,
  streamName,
  toDomainEvent,
} from '@imprest/event-catalogue';
import type { EventStore } from '../ports/event-store.js';

/** A top-up and when things happened to it. Times are ISO 8601. */
export interface TopUpRecord {
  readonly id: string;
  readonly createdAt: string;
  readonly updatedAt: string;
  /** When the tokens came on the account, null until then. */
  readonly creditedAt: string | null;
  readonly state: TopUpState;
}

export function applyToTopUpRecord(
  record: TopUpRecord | undefined,
  recorded: RecordedEvent,
): TopUpRecord {
  const event = toDomainEvent(recorded) as TopUpEvent;
  const at = recorded.metadata.occurredAt;
  return {
    id: streamId(recorded.stream),
    createdAt: record?.createdAt ?? at,
    updatedAt: at,
    creditedAt: event.type === 'TokensCredited' ? at : (record?.creditedAt ?? null),
    state: topUp.evolve(record?.state ?? topUp.initialState(), event),
  };
}

/** The top-up as its stream tells it now: never behind, unlike the read models. */
export async function loadTopUp(
  store: Pick<EventStore, 'readStream'>,
  id: string,
): Promise<TopUpRecord | undefined> {
  let record: TopUpRecord | undefined;
  for await (const page of store.readStream(streamName(topUp.category, id))) {
    for (const event of page) record = applyToTopUpRecord(record, event);
  }
  return record;
}

/** In the state every `bigint` stands under one of these names. */
const AMOUNTS: ReadonlySet<string> = new Set(['tokens', 'minorUnits']);

export function topUpStateToJson(state: TopUpState): JsonObject {
  const plain = (_key: string, value: unknown) =>
    typeof value === 'bigint' ? value.toString() : value;
  return JSON.parse(JSON.stringify(state, plain));
}

export function topUpStateFromJson(json: JsonObject): TopUpState {
  const withAmounts = (key: string, value: unknown) =>
    AMOUNTS.has(key) && typeof value === 'string' ? BigInt(value) : value;
  return JSON.parse(JSON.stringify(json), withAmounts);
}
