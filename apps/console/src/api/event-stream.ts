import { useEffect, useRef, useState } from 'react';

export interface StreamEvent {
  /** Name of the event; `message` when it has none. */
  readonly type: string;
  readonly id: string;
  readonly data: unknown;
}

export type StreamState = 'connecting' | 'open' | 'closed';

/**
 * Follows server-sent events while the component is shown. The browser comes back by itself with the last id.
 * @param path whole path with its base, null to follow nothing
 * @param types names of the events to be told of, beside those without a name
 */
export function useEventStream(
  path: string | null,
  onEvent: (event: StreamEvent) => void,
  types: readonly string[] = [],
): StreamState {
  const [state, setState] = useState<StreamState>('connecting');
  const latest = useRef(onEvent);
  latest.current = onEvent;
  const names = types.join(' ');
  useEffect(() => {
    if (path === null) return undefined;
    const source = new EventSource(path, { withCredentials: true });
    const listener = (event: MessageEvent<string>) => {
      latest.current({ type: event.type, id: event.lastEventId, data: JSON.parse(event.data) });
    };
    source.onopen = () => setState('open');
    source.onerror = () =>
      setState(source.readyState === EventSource.CLOSED ? 'closed' : 'connecting');
    for (const name of ['message', ...names.split(' ').filter(Boolean)]) {
      source.addEventListener(name, listener);
    }
    return () => source.close();
  }, [path, names]);
  return path === null ? 'closed' : state;
}
