export interface StreamEvent {
  /** Name of the event; `message` when it has none. */
  readonly type: string;
  readonly id: string;
  readonly data: unknown;
}

export type StreamState = 'connecting' | 'open' | 'closed';

/** The part of `EventSource` that is needed. */
export type Source = Pick<
  EventSource,
  'addEventListener' | 'close' | 'onopen' | 'onerror' | 'readyState'
>;

export interface Follower {
  readonly onEvent: (event: StreamEvent) => void;
  readonly onState: (state: StreamState) => void;
  /**
   * Called whenever the stream is open, the first time and each time after it broke off: what happened while it
   * was not open may have been told to nobody, so whoever shows what the stream tells of looks again.
   */
  readonly onOpen: () => void;
}

const CLOSED = 2;
const FIRST_WAIT_MS = 2_000;
const LONGEST_WAIT_MS = 60_000;

/**
 * Follows a stream of server-sent events until the answer is called. The browser comes back by itself when a
 * stream ends; where it was refused, by a server that was stopping, say, it is tried anew ever less often.
 * @param names of the events to be told of, beside those without a name
 */
export function followStream(
  open: () => Source,
  names: readonly string[],
  { onEvent, onState, onOpen }: Follower,
): () => void {
  let source: Source;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let wait = FIRST_WAIT_MS;
  const listener = (event: Event) => {
    const { type, lastEventId, data } = event as MessageEvent<string>;
    onEvent({ type, id: lastEventId, data: JSON.parse(data) });
  };
  const connect = () => {
    source = open();
    source.onopen = () => {
      wait = FIRST_WAIT_MS;
      onState('open');
      onOpen();
    };
    source.onerror = () => {
      const isRefused = source.readyState === CLOSED;
      onState(isRefused ? 'closed' : 'connecting');
      if (!isRefused) return;
      timer = setTimeout(connect, wait);
      wait = Math.min(wait * 2, LONGEST_WAIT_MS);
    };
    for (const name of ['message', ...names]) source.addEventListener(name, listener);
  };
  connect();
  return () => {
    clearTimeout(timer);
    source.close();
  };
}
