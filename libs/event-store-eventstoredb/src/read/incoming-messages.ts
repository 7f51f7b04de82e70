import type { ReadResp } from '@eventstore/db-client/generated/streams_pb.js';
import { EventStoreUnavailable } from '@imprest/application';
import type { ReadCall } from '../connection/connection.js';

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

  /** To be called after taking from the queue. */
  resume(): void {
    if (!this.paused || this.queue.length > this.most / 2) return;
    this.paused = false;
    this.call.resume();
  }

  /** Ends what waits here, as if the call were over. */
  cancel(): void {
    this.finish(undefined);
    this.call.cancel();
  }

  private received(message: ReadResp): void {
    if (message.hasConfirmation()) return;
    this.queue.push(message);
    if (this.queue.length >= this.most && !this.paused) {
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
