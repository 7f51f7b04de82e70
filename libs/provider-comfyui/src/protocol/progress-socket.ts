import { randomUUID } from 'node:crypto';
import { Agent, type Dispatcher, type MessageEvent, WebSocket } from 'undici';
import { fieldsOf, textOf } from './json-fields.js';
import { type PreviewFrame, previewFrame } from './preview-frame.js';

export type ProgressEvent =
  /** A step of a node that counts its steps. */
  | { readonly type: 'step'; readonly node: string; readonly value: number; readonly max: number }
  /** Null after the last node. */
  | { readonly type: 'node'; readonly node: string | null }
  /** What the node that counts its steps is at. */
  | { readonly type: 'preview'; readonly frame: PreviewFrame }
  /** Nothing more comes: look the run up. */
  | { readonly type: 'ended' | 'closed' };

const MOST_MESSAGE_BYTES = 8 * 1024 * 1024;
const MOST_TEXT = 256 * 1024;
const MOST_FRAGMENTS = 1_024;
const OPEN_MS = 5_000;
const ENDS = new Set(['execution_success', 'execution_error', 'execution_interrupted']);

/** The server may refuse what looks like a page of another site. */
const withoutFetchMetadata: Dispatcher.DispatcherComposeInterceptor =
  (dispatch) => (options, handler) => {
    const headers = { ...(options.headers as Record<string, string>) };
    for (const name of Object.keys(headers)) {
      if (/^(origin|sec-fetch-.*)$/i.test(name)) delete headers[name];
    }
    return dispatch({ ...options, headers }, handler);
  };

/** Connections of sockets, with a bound for what comes over one. */
export function socketConnections(): Agent {
  return new Agent({
    connect: { timeout: OPEN_MS },
    webSocket: { maxPayloadSize: MOST_MESSAGE_BYTES, maxFragments: MOST_FRAGMENTS },
  });
}

export interface SocketTarget {
  /** Of the server, http or https. */
  readonly url: string;
  readonly key?: string;
}

/**
 * Hears of the runs that were submitted with its `clientId`. Each socket has an id of its own: a server may ask for a secret
 * of the last socket of an id. That secret is in a message of type `status`; of messages only the fields below are read, and none is kept.
 */
export class ProgressSocket {
  readonly clientId = randomUUID();
  readonly opened: Promise<void>;
  private readonly socket: WebSocket;
  private listener: ((event: ProgressEvent) => void) | undefined;

  constructor({ url, key }: SocketTarget, connections: Agent) {
    const target = `${url.replace(/^http/i, 'ws').replace(/\/+$/, '')}/ws?clientId=${this.clientId}`;
    this.socket = new WebSocket(target, {
      dispatcher: connections.compose(withoutFetchMetadata),
      headers: key === undefined ? {} : { authorization: `Bearer ${key}` },
    });
    this.socket.binaryType = 'arraybuffer';
    this.opened = this.untilOpen();
    this.socket.addEventListener('message', (message) => this.read(message));
    this.socket.addEventListener('close', () => this.listener?.({ type: 'closed' }));
    this.socket.addEventListener('error', () => this.listener?.({ type: 'closed' }));
  }

  get isOpen(): boolean {
    return this.socket.readyState === WebSocket.OPEN;
  }

  listen(listener: ((event: ProgressEvent) => void) | undefined): void {
    this.listener = listener;
  }

  close(): void {
    this.listener = undefined;
    this.socket.close();
  }

  /** Resolves too when there is no opening it: runs can be asked for as well. */
  private untilOpen(): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, OPEN_MS);
      const settle = () => {
        clearTimeout(timer);
        resolve();
      };
      for (const event of ['open', 'close', 'error'] as const) {
        this.socket.addEventListener(event, settle, { once: true });
      }
    });
  }

  private read({ data }: MessageEvent): void {
    const event = typeof data === 'string' ? told(data) : shown(data);
    if (event !== undefined) this.listener?.(event);
  }
}

function told(text: string): ProgressEvent | undefined {
  return text.length > MOST_TEXT ? undefined : eventOf(text);
}

function shown(message: unknown): ProgressEvent | undefined {
  const frame = message instanceof ArrayBuffer ? previewFrame(message) : undefined;
  return frame && { type: 'preview', frame };
}

function eventOf(text: string): ProgressEvent | undefined {
  let message: unknown;
  try {
    message = JSON.parse(text);
  } catch {
    return undefined;
  }
  const { type, data } = fieldsOf(message);
  const { node, value, max } = fieldsOf(data);
  if (typeof type !== 'string') return undefined;
  if (ENDS.has(type)) return { type: 'ended' };
  if (type === 'executing') return { type: 'node', node: textOf(node) ?? null };
  if (type !== 'progress' || typeof value !== 'number' || typeof max !== 'number') return undefined;
  return max > 0 ? { type: 'step', node: textOf(node) ?? '', value, max } : undefined;
}
