import type { StoredEvent } from '@imprest/event-catalogue';
import { type Hash, hashFromHex } from '../canonical/hashes.js';
import type { StoredEntry } from '../verify/stored-entry.js';
import { amount, fields, MalformedDocument, only } from './json-fields.js';
import {
  eventFromJson,
  eventToJson,
  storedEntryFromJson,
  storedEntryToJson,
} from './record-json.js';

export const BUNDLE_FORMAT = 'imprest-ledger-bundle';

/**
 * One line of a bundle: JSON lines, in store order. Events that are nobody's business carry their leaf
 * alone, so the tree over all of them can still be made; those under no seal are left out.
 */
export type BundleLine =
  | { readonly kind: 'begin' }
  | { readonly kind: 'record'; readonly event: StoredEvent; readonly entry: StoredEntry }
  /** Of no account: nothing but its leaf vouches for it until a seal covers it. */
  | { readonly kind: 'event'; readonly event: StoredEvent; readonly leaf: Hash }
  | { readonly kind: 'withheld'; readonly position: bigint; readonly leaf: Hash }
  | { readonly kind: 'end'; readonly upTo: bigint; readonly events: bigint };

export function bundleLine(line: BundleLine): string {
  switch (line.kind) {
    case 'begin':
      return JSON.stringify({ format: BUNDLE_FORMAT, version: 1 });
    case 'record':
      return JSON.stringify({
        event: eventToJson(line.event),
        entry: storedEntryToJson(line.entry),
      });
    case 'event':
      return JSON.stringify({ event: eventToJson(line.event), leaf: line.leaf.toString('hex') });
    case 'withheld':
      return JSON.stringify({
        position: line.position.toString(),
        leaf: line.leaf.toString('hex'),
      });
    case 'end':
      return JSON.stringify({ end: { upTo: `${line.upTo}`, events: `${line.events}` } });
  }
}

/** @throws MalformedDocument, MalformedHash */
export function readBundleLine(text: string): BundleLine {
  const line = fields(parsed(text), 'line');
  if ('event' in line) {
    const event = eventFromJson(line.event);
    if (!('entry' in line)) {
      only(line, 'line', ['event', 'leaf']);
      return { kind: 'event', event, leaf: hashFromHex(line.leaf, 'leaf') };
    }
    only(line, 'line', ['event', 'entry']);
    return { kind: 'record', event, entry: storedEntryFromJson(line.entry, event.position) };
  }
  if ('leaf' in line) {
    only(line, 'line', ['position', 'leaf']);
    const leaf = hashFromHex(line.leaf, 'leaf');
    return { kind: 'withheld', position: amount(line, 'position'), leaf };
  }
  if ('end' in line) {
    only(line, 'line', ['end']);
    const end = fields(line.end, 'end');
    only(end, 'end', ['upTo', 'events']);
    return { kind: 'end', upTo: amount(end, 'upTo'), events: amount(end, 'events') };
  }
  only(line, 'line', ['format', 'version']);
  if (line.format !== BUNDLE_FORMAT || line.version !== 1) {
    throw new MalformedDocument(`a bundle has format ${BUNDLE_FORMAT}, version 1`);
  }
  return { kind: 'begin' };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new MalformedDocument('it is no JSON');
  }
}
