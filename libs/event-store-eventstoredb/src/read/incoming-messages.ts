import type { ReadResp } from '@eventstore/db-client/generated/streams_pb.js';
import { EventStoreUnavailable } from '@imprest/application';
import type { ReadCall } from '../connection/connection.js';

/** Beyond this, what waits is taken before more is read, however few messages it is. */
const MOST_BYTES = 16 * 1024 * 1024;

/**
 * The messages of one Read call, in the order of the wire, taken as the caller can. While more than
 * `most` wait, none are read from the connection, and the server waits too.
 */
export class IncomingMessages {
  readonly queue: ReadResp[] = [];
  private ended = false;
  private failure: Error | undefined;
  private look: (() => void) | undefined;
  private paused = false;
  private bytes = 0;

  constructor(
    private readonly call: ReadCall,
    private readonly most: number,
  ) {
    call.on('data', (message: ReadResp) => this.received(message));
    call.on('error', (error) => this.finish(error));
    call.on('end', () => this.finish(undefined));
  }

  /** True when the call is over and nothing is left; throws what it ended with. */
  get isOver(): boolean {
    if (this.queue.length > 0) return false;
    if (this.failure !== undefined) throw this.failure;
    return this.ended;
  }

  /** Nothing more comes before something is taken. */
  get isFull(): boolean {
    return this.paused;
  }

  /** Waits until `enough` holds, the call is over, or nothing has come for `quietMs`. Tells whether it was quiet. */
  gather(enough: () => boolean, quietMs: number): Promise<boolean> {
    if (this.ended || enough()) return Promise.resolve(false);
    return new Promise((resolve) => {
      const done = (wasQuiet: boolean) => {
        clearTimeout(timer);
        this.look = undefined;
        resolve(wasQuiet);
      };
      const timer = setTimeout(done, quietMs, true);
      this.look = () => {
        if (this.ended || enough()) done(false);
        else timer.refresh();
      };
    });
  }

  /** As `gather`, for a server that has to answer. @throws EventStoreUnavailable when it was quiet */
  async require(enough: () => boolean, answerTimeoutMs: number): Promise<void> {
    if (await this.gather(enough, answerTimeoutMs)) {
      throw new EventStoreUnavailable(`no answer of the event store in ${answerTimeoutMs} ms`);
    }
  }

  /** The first messages; `count` are there. */
  take(count: number): ReadResp[] {
    const taken = this.queue.splice(0, count);
    for (const message of taken) this.bytes -= sizeOf(message);
    if (this.paused && this.queue.length <= this.most / 2 && this.bytes <= MOST_BYTES / 2) {
      this.paused = false;
      this.call.resume();
    }
    return taken;
  }

  /** Ends what waits here, as if the call were over. */
  cancel(): void {
    this.finish(undefined);
    this.call.cancel();
  }

  private received(message: ReadResp): void {
    if (message.hasConfirmation()) return;
    this.queue.push(message);
    this.bytes += sizeOf(message);
    if ((this.queue.length >= this.most || this.bytes >= MOST_BYTES) && !this.paused) {
      this.paused = true;
      this.call.pause();
    }
    this.look?.();
  }

  private finish(error: Error | undefined): void {
    if (this.ended) return;
    this.ended = true;
    this.failure = error;
    this.look?.();
  }
}

function sizeOf(message: ReadResp): number {
  const event = message.getEvent()?.getEvent();
  return event === undefined ? 0 : event.getData_asU8().length;
}
