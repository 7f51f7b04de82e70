import { Client, type ClientConfig } from 'pg';

const FIRST_RETRY_MS = 100;
const LAST_RETRY_MS = 5_000;
/** A notification lost with a connection delays a listener by this much at most. */
const LOOK_EVERY_MS = 30_000;
/** Items that become due one after the other wake listeners no more often than this. */
const LEAST_WAIT_MS = 5;

export interface Readiness {
  readonly ready: boolean;
  readonly nextReadyMs: number | undefined;
}

export interface ReadyNotificationsOptions {
  readonly queue: string;
  readonly connection: ClientConfig;
  /** Makes ready what is due, which notifies, and answers what there is to wait for. */
  readonly look: () => Promise<Readiness>;
  readonly onTrouble: (error: Error) => void;
}

/**
 * Wakes listeners when items became ready in any process, and when the time of delayed ones has come.
 * Holds a connection only while there is a listener.
 */
export class ReadyNotifications {
  private readonly listeners = new Set<() => void>();
  private client: Client | undefined;
  private timer: NodeJS.Timeout | undefined;
  private dueAt = Number.POSITIVE_INFINITY;
  private retryMs = FIRST_RETRY_MS;
  private changing: Promise<void> = Promise.resolve();
  private closed = false;

  constructor(private readonly options: ReadyNotificationsOptions) {}

  add(listener: () => void): () => void {
    if (this.closed) throw new Error(`work queue ${this.options.queue} is closed`);
    const own = () => listener();
    this.listeners.add(own);
    if (this.listeners.size === 1) this.change();
    return () => {
      if (this.listeners.delete(own) && this.listeners.size === 0) this.change();
    };
  }

  async close(): Promise<void> {
    this.closed = true;
    this.listeners.clear();
    this.change();
    await this.changing;
  }

  private get wanted(): boolean {
    return !this.closed && this.listeners.size > 0;
  }

  /** Opening and closing wait for each other: a client that still connects cannot be ended. */
  private change(): void {
    this.changing = this.changing.then(() => (this.wanted ? this.open() : this.disconnect()));
  }

  private async open(): Promise<void> {
    if (this.client !== undefined) return;
    const client = new Client(this.options.connection);
    this.client = client;
    client.on('error', (error) => this.lost(client, error));
    client.on('end', () => this.lost(client, new Error('the connection ended')));
    client.on('notification', ({ payload = '' }) => this.heard(payload));
    try {
      await client.connect();
      await client.query('listen work_queue');
      this.retryMs = FIRST_RETRY_MS;
      await this.look();
    } catch (error) {
      this.lost(client, error instanceof Error ? error : new Error(String(error)));
    }
  }

  private async disconnect(): Promise<void> {
    const { client } = this;
    this.client = undefined;
    this.stopTimer();
    await client?.end().catch(() => undefined);
  }

  private lost(client: Client, error: Error): void {
    if (this.client !== client) return;
    void this.disconnect();
    if (!this.wanted) return;
    this.options.onTrouble(error);
    this.timer = setTimeout(() => this.change(), this.retryMs);
    this.retryMs = Math.min(this.retryMs * 2, LAST_RETRY_MS);
  }

  /** @param payload '<milliseconds until items are ready> <queue>' */
  private heard(payload: string): void {
    const [waitMs, ...queue] = payload.split(' ');
    if (queue.join(' ') !== this.options.queue) return;
    if (waitMs === '0') this.wake();
    else this.lookIn(Number(waitMs));
  }

  private wake(): void {
    for (const listener of [...this.listeners]) listener();
  }

  /** Asked on connecting, when delayed items become due, and now and then. */
  private async look(): Promise<void> {
    // A connection that died silently hears nothing: this is how it shows.
    await this.client?.query('select');
    const { ready, nextReadyMs = LOOK_EVERY_MS } = await this.options.look();
    if (this.client === undefined) return;
    this.lookIn(nextReadyMs);
    if (ready) this.wake();
  }

  private lookIn(ms: number): void {
    const waitMs = Math.min(Math.max(ms, LEAST_WAIT_MS), LOOK_EVERY_MS);
    const dueAt = performance.now() + waitMs;
    if (this.client === undefined || dueAt >= this.dueAt) return;
    this.stopTimer();
    this.dueAt = dueAt;
    this.timer = setTimeout(() => {
      this.stopTimer();
      this.look().catch((error) => {
        if (!this.wanted) return;
        this.options.onTrouble(error);
        this.lookIn(LAST_RETRY_MS);
      });
    }, waitMs);
  }

  private stopTimer(): void {
    clearTimeout(this.timer);
    this.timer = undefined;
    this.dueAt = Number.POSITIVE_INFINITY;
  }
}
