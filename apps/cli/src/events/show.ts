import { type EventStore, eventAt, eventPlace } from '@imprest/application';
import type { RecordedEvent } from '@imprest/event-catalogue';
import type { Terminal } from '../terminal/terminal.js';
import { eventJson, eventLine, wholeEvent } from './event-text.js';
import { scan } from './scan.js';

/** One event by `STREAM@REVISION`, which is one look, or by its id, which is a look at all of them. */
export async function findEvent(
  terminal: Terminal,
  store: EventStore,
  reference: string,
): Promise<RecordedEvent | undefined> {
  const place = eventPlace(reference);
  if (place !== undefined) return eventAt(store, place);
  let found: RecordedEvent | undefined;
  await scan(terminal, store, {}, (event) => {
    if (event.eventId === reference.toLowerCase()) found = event;
    return found === undefined;
  });
  return found;
}

export async function show(
  terminal: Terminal,
  store: EventStore,
  reference: string,
  { json }: { readonly json?: boolean },
): Promise<void> {
  const event = await findEvent(terminal, store, reference);
  if (event === undefined) {
    if (terminal.signal.aborted) return;
    terminal.say(`there is no event ${reference}`);
    terminal.exitCode = 1;
  } else if (json) {
    await terminal.printJson(eventJson(event));
  } else {
    await terminal.print(wholeEvent(event));
  }
}

export interface StreamOptions {
  readonly from?: number;
  readonly limit?: number;
  readonly backwards?: boolean;
  readonly json?: boolean;
}

export async function showStream(
  terminal: Terminal,
  store: EventStore,
  stream: string,
  { from, limit, backwards, json }: StreamOptions,
): Promise<void> {
  const direction = backwards ? 'backwards' : 'forwards';
  let found = false;
  for await (const page of store.readStream(stream, {
    fromRevision: from,
    maxCount: limit,
    direction,
  })) {
    for (const event of page) {
      if (terminal.signal.aborted) return;
      found = true;
      await (json ? terminal.printJson(eventJson(event)) : terminal.print(eventLine(event)));
    }
  }
  if (found) return;
  terminal.say(
    `there is no event in ${stream}${from === undefined ? '' : ` from revision ${from} on`}`,
  );
  terminal.exitCode = 1;
}
