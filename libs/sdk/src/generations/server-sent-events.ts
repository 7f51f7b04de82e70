const LONGEST_EVENT_CHARACTERS = 256 * 1024 * 1024;

export interface ServerSentEvent {
  /** Of the latest event that had one: what to resume after. */
  readonly id: string;
  readonly event: string;
  readonly data: string;
}

/**
 * Events of a stream (WHATWG HTML, section 9.2), from pieces of text cut anywhere. What stands after the last blank
 * line is no event yet.
 *
 * @throws RangeError for an event longer than any record can be
 */
export async function* serverSentEvents(
  pieces: AsyncIterable<string>,
): AsyncGenerator<ServerSentEvent> {
  let id = '';
  let event = '';
  let data: string[] = [];
  for await (const line of linesOf(pieces)) {
    if (line === '') {
      if (data.length > 0) yield { id, event: event || 'message', data: data.join('\n') };
      event = '';
      data = [];
      continue;
    }
    const colon = line.indexOf(':');
    const field = colon === -1 ? line : line.slice(0, colon);
    const value = colon === -1 ? '' : line.slice(colon + 1).replace(/^ /, '');
    if (field === 'data') data.push(value);
    else if (field === 'event') event = value;
    else if (field === 'id' && !value.includes('\0')) id = value;
  }
}

/** Lines end with LF, CR or both. */
async function* linesOf(pieces: AsyncIterable<string>): AsyncGenerator<string> {
  let begun = '';
  let held = '';
  for await (const piece of pieces) {
    const text = held + piece;
    // Whether a CR stands alone shows with what follows it.
    held = text.endsWith('\r') ? '\r' : '';
    const [first = '', ...others] = text.slice(0, text.length - held.length).split(/\r\n|\n|\r/);
    begun += first;
    if (begun.length > LONGEST_EVENT_CHARACTERS) throw new RangeError('an event has no end');
    for (const line of others) {
      yield begun;
      begun = line;
    }
  }
  if (held !== '') yield begun;
}
