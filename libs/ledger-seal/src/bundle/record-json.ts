import type { JournalEntry, Posting } from '@imprest/domain';
import type { StoredEvent } from '@imprest/event-catalogue';
import { hashFromHex } from '../canonical/hashes.js';
import { DecodedEntry, type StoredEntry } from '../verify/stored-entry.js';
import { amount, count, fields, list, only, text, textOrNull, time } from './json-fields.js';

/** A stored event as documents for others carry it: data and metadata stay the text they are. */
export function eventToJson(event: StoredEvent): object {
  return {
    position: event.position.toString(),
    stream: event.stream,
    revision: event.revision,
    eventId: event.eventId,
    type: event.type,
    version: event.version,
    recordedAt: event.recordedAt.toISOString(),
    data: event.data,
    metadata: event.metadata,
  };
}

const EVENT = [
  ...['position', 'stream', 'revision', 'eventId', 'type', 'version'],
  ...['recordedAt', 'data', 'metadata'],
];

/** @throws MalformedDocument */
export function eventFromJson(json: unknown): StoredEvent {
  const event = fields(json, 'event');
  only(event, 'event', EVENT);
  return {
    position: amount(event, 'position'),
    stream: text(event, 'stream'),
    revision: count(event, 'revision'),
    eventId: text(event, 'eventId'),
    type: text(event, 'type'),
    version: count(event, 'version'),
    recordedAt: time(event, 'recordedAt'),
    data: text(event, 'data'),
    metadata: text(event, 'metadata'),
  };
}

export function entryToJson(entry: JournalEntry): object {
  const { postings, ...rest } = entry;
  return {
    ...rest,
    postings: postings.map(({ account, lotId, tokens, money }) => ({
      ...{ account, lotId, tokens: tokens.toString() },
      money: money && { minorUnits: money.minorUnits.toString(), currency: money.currency },
    })),
  };
}

const ENTRY = [
  ...['tenantId', 'revision', 'eventId', 'type', 'generationId', 'happenedAt', 'knownAt'],
  'postings',
];
const BESIDE = ['available', 'held', 'leaf'];

/** @throws MalformedDocument */
export function entryFromJson(json: unknown): JournalEntry {
  const found = fields(json, 'entry');
  only(found, 'entry', ENTRY);
  return {
    tenantId: text(found, 'tenantId'),
    revision: count(found, 'revision'),
    eventId: text(found, 'eventId'),
    type: text(found, 'type') as JournalEntry['type'],
    generationId: textOrNull(found, 'generationId'),
    happenedAt: time(found, 'happenedAt').toISOString(),
    knownAt: time(found, 'knownAt').toISOString(),
    postings: list(found, 'postings').map(postingFromJson),
  };
}

/** The journal entry of the event at the same position, with what stands beside it in the journal. */
export function storedEntryToJson({ entry, leaf, available, held }: StoredEntry): object {
  return {
    ...entryToJson(entry),
    ...{ available: available.toString(), held: held.toString(), leaf: leaf.toString('hex') },
  };
}

/** @throws MalformedDocument, MalformedHash */
export function storedEntryFromJson(json: unknown, position: bigint): StoredEntry {
  const found = fields(json, 'entry');
  const beside = Object.fromEntries(BESIDE.map((name) => [name, found[name]]));
  const entry = Object.fromEntries(
    Object.entries(found).filter(([name]) => !BESIDE.includes(name)),
  );
  const leaf = hashFromHex(beside.leaf, 'leaf');
  const [available, held] = [amount(beside, 'available'), amount(beside, 'held')];
  return new DecodedEntry(position, entryFromJson(entry), leaf, available, held);
}

function postingFromJson(json: unknown): Posting {
  const posting = fields(json, 'posting');
  only(posting, 'posting', ['account', 'lotId', 'tokens', 'money']);
  return {
    account: text(posting, 'account'),
    lotId: text(posting, 'lotId'),
    tokens: amount(posting, 'tokens'),
    money: posting.money === null ? null : moneyFromJson(posting.money),
  };
}

function moneyFromJson(json: unknown) {
  const money = fields(json, 'money');
  only(money, 'money', ['minorUnits', 'currency']);
  return { minorUnits: amount(money, 'minorUnits'), currency: text(money, 'currency') };
}
