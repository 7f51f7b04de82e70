import type { RecordedEvent } from '@imprest/event-catalogue';
import { moment } from '../terminal/format.js';

const LONGEST_VALUE = 48;
const LONGEST_SUMMARY = 120;
const SEALED = /^v1\.[A-Za-z0-9+/]{16,}={0,2}$/;

/** As it is stored: amounts are decimal strings, personal data stays sealed. */
export function eventJson(event: RecordedEvent) {
  const { position, stream, revision, eventId, type, version, recordedAt, metadata, data } = event;
  return { position, stream, revision, eventId, type, version, recordedAt, metadata, data };
}

/** One line: when, where, what. */
export function eventLine(event: RecordedEvent): string {
  const { position, stream, revision, type, recordedAt, data } = event;
  return `${moment(recordedAt)}  ${position}  ${stream}@${revision}  ${type}  ${summary(data)}`.trimEnd();
}

/** `key=value` of what fits on a line. */
export function summary(data: object): string {
  const values = Object.entries(data).map(([key, value]) => `${key}=${shortValue(value)}`);
  return shortened(values.join(' '), LONGEST_SUMMARY);
}

/** Everything about one event, for reading. */
export function wholeEvent(event: RecordedEvent): string {
  const { position, stream, revision, eventId, type, version, recordedAt, metadata, data } = event;
  const { occurredAt, correlationId, causationId, actor } = metadata;
  const facts = [
    ['event', eventId],
    ['type', `${type}, version ${version}`],
    ['stream', `${stream}@${revision}`],
    ['position', String(position)],
    ['occurred', moment(new Date(occurredAt))],
    ['recorded', moment(recordedAt)],
    ['actor', `${actor.kind} ${actor.id}`],
    ['correlation', correlationId],
    ['causation', causationId],
  ] as const;
  const lines = facts.map(([name, value]) => `${name.padEnd(12)} ${value}`);
  const readable = JSON.stringify(data, withoutSealed, 2);
  return [...lines, 'data', readable].join('\n');
}

function shortValue(value: unknown): string {
  const readable = withoutSealed('', value);
  const text = typeof readable === 'string' ? readable : JSON.stringify(readable, withoutSealed);
  return shortened(text, LONGEST_VALUE);
}

const shortened = (text: string, most: number) =>
  text.length > most ? `${text.slice(0, most - 1)}…` : text;

const isSealed = (value: unknown): value is string =>
  typeof value === 'string' && SEALED.test(value);
const withoutSealed = (_: string, value: unknown) =>
  isSealed(value) ? `<sealed, ${value.length} characters>` : value;
