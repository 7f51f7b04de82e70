import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net';

/** A network between a program and its PostgreSQL server that a test can take away. */
export class CuttableProxy {
  private readonly sockets = new Set<Socket>();
  private refusing = false;
  private silent = false;

  private constructor(
    private readonly server: Server,
    private readonly target: URL,
  ) {}

  /** @param target connection string of the server, which may be on a Unix socket */
  static async to(target: string): Promise<CuttableProxy> {
    const server = createServer();
    const proxy = new CuttableProxy(server, new URL(target));
    server.on('connection', (socket) => proxy.forward(socket));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return proxy;
  }

  /** Connection string that leads through here. */
  get url(): string {
    const url = new URL(this.target);
    url.searchParams.delete('host');
    url.hostname = '127.0.0.1';
    url.port = String((this.server.address() as AddressInfo).port);
    return url.href;
  }

  /** Breaks every connection and refuses new ones until `restore`. */
  cut(): void {
    this.refusing = true;
    this.breakConnections();
  }

  /** Requests still reach the server, its answers get lost until `restore`. */
  silenceServer(): void {
    this.silent = true;
  }

  restore(): void {
    this.refusing = false;
    this.silent = false;
  }

  breakConnections(): void {
    for (const socket of this.sockets) socket.destroy();
  }

  async close(): Promise<void> {
    this.cut();
    await new Promise((resolve) => this.server.close(resolve));
  }

  private forward(inbound: Socket): void {
    if (this.refusing) {
      inbound.destroy();
      return;
    }
    const outbound = this.connectToTarget();
    inbound.on('data', (chunk) => outbound.write(chunk));
    outbound.on('data', (chunk) => {
      if (!this.silent) inbound.write(chunk);
    });
    this.tie(inbound, outbound);
    this.tie(outbound, inbound);
  }

  private tie(socket: Socket, other: Socket): void {
    this.sockets.add(socket);
    socket.on('error', () => {});
    socket.on('close', () => {
      this.sockets.delete(socket);
      other.destroy();
    });
  }

  private connectToTarget(): Socket {
    const { hostname, port, searchParams } = this.target;
    const directory = searchParams.get('host');
    const number = port || '5432';
    if (directory?.startsWith('/')) return connect(`${directory}/.s.PGSQL.${number}`);
    return connect(Number(number), directory ?? hostname);
  }
}
