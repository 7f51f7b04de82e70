import type { RecordedEvent } from '@imprest/event-catalogue';
import { moment } from '../terminal/format.js';

const LONGEST_VALUE = 48;
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
  return Object.entries(data)
    .map(([key, value]) => `${key}=${shortValue(value)}`)
    .join(' ');
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
  const readable = JSON.stringify(
    data,
    (_, value) => (isSealed(value) ? sealedText(value) : value),
    2,
  );
  return [...lines, 'data', readable].join('\n');
}

function shortValue(value: unknown): string {
  if (isSealed(value)) return sealedText(value);
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  return text.length > LONGEST_VALUE ? `${text.slice(0, LONGEST_VALUE - 1)}…` : text;
}

const isSealed = (value: unknown): value is string =>
  typeof value === 'string' && SEALED.test(value);
const sealedText = (sealed: string) => `<sealed, ${sealed.length} characters>`;
