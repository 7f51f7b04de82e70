import { useEffect, useRef, useState } from 'react';
import { followStream, type StreamEvent, type StreamState } from './follow-stream.ts';

const nothing = () => undefined;

interface StreamOptions {
  /** Whole path with its base; null to follow nothing. */
  readonly path: string | null;
  /** Names of the events to be told of, beside those without a name. */
  readonly types: readonly string[];
  readonly onEvent: (event: StreamEvent) => void;
  /** Looks again at what the stream tells of; needless where a stream begins with how things stand. */
  readonly onOpen?: () => void;
}

/** Follows server-sent events while the component is shown; see `followStream`. */
export function useEventStream({
  path,
  types,
  onEvent,
  onOpen = nothing,
}: StreamOptions): StreamState {
  const [state, setState] = useState<StreamState>('connecting');
  // What is called may change with each rendering, and is no reason to connect anew.
  const latest = useRef({ onEvent, onOpen });
  latest.current = { onEvent, onOpen };
  const names = types.join(' ');
  useEffect(() => {
    if (path === null) return undefined;
    setState('connecting');
    return followStream(
      () => new EventSource(path, { withCredentials: true }),
      names.split(' ').filter(Boolean),
      {
        onEvent: (event) => latest.current.onEvent(event),
        onOpen: () => latest.current.onOpen(),
        onState: setState,
      },
    );
  }, [path, names]);
  return path === null ? 'closed' : state;
}
