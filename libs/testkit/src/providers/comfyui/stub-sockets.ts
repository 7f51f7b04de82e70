import { randomUUID } from 'node:crypto';
import type { IncomingHttpHeaders, IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { WebSocketPeer } from '../websocket-peer.js';
import type { RunListeners } from './stub-queue.js';

export interface SocketRules {
  /** The newest servers tell one in their first message, and ask for it when the id comes again. */
  readonly tellsSecrets: boolean;
  refuses(): boolean;
  queueLength(): number;
}

/** Sockets of the stub, by the id that a client has chosen. */
export class StubSockets implements RunListeners {
  /** What no careful client does. */
  readonly misdeeds: string[] = [];
  private readonly peers = new Map<string, WebSocketPeer>();
  private readonly everSeen = new Set<string>();

  constructor(private readonly rules: SocketRules) {}

  send(clientId: string, type: string, data: Readonly<Record<string, unknown>>): void {
    this.peers.get(clientId)?.sendJson({ type, data });
  }

  preview(clientId: string, bytes: Uint8Array): void {
    this.peers.get(clientId)?.sendBinary(bytes);
  }

  connect(request: IncomingMessage, socket: Duplex): void {
    const url = new URL(request.url ?? '/', 'http://stub');
    this.watch(request.headers);
    if (url.pathname !== '/ws' || this.rules.refuses()) {
      socket.end('HTTP/1.1 401 Unauthorized\r\ncontent-length: 0\r\n\r\n');
      return;
    }
    const clientId = url.searchParams.get('clientId') ?? randomUUID();
    if (this.everSeen.has(clientId)) this.misdeeds.push('a second socket of one clientId');
    this.everSeen.add(clientId);
    const peer = WebSocketPeer.accept(request, socket);
    this.peers.set(clientId, peer);
    socket.on('close', () => this.peers.delete(clientId));
    const status = { exec_info: { queue_remaining: this.rules.queueLength() } };
    const secret = this.rules.tellsSecrets && { credential_key: randomUUID() };
    peer.sendJson({ type: 'status', data: { status, sid: clientId, ...secret } });
  }

  /** Servers refuse what looks like a page of another site. */
  watch(headers: IncomingHttpHeaders): void {
    const site = Object.keys(headers).find((name) => /^(origin|sec-fetch-.*)$/.test(name));
    if (site !== undefined) this.misdeeds.push(`the header ${site}`);
  }

  cut(): void {
    for (const peer of this.peers.values()) peer.cut();
    this.peers.clear();
  }
}
