import type { ReadReq, ReadResp } from '@eventstore/db-client/generated/streams_pb.js';
import type { ServerWritableStream } from '@grpc/grpc-js';
import type { Faults } from '../faults.js';

export type ReadCall = ServerWritableStream<ReadReq, ReadResp>;

/** Messages to one reader, no faster than it takes them. */
export class ReadOutput {
  private wake: (() => void) | undefined;

  constructor(
    private readonly call: ReadCall,
    private readonly faults: Faults,
  ) {
    call.on('drain', () => this.wake?.());
    call.on('cancelled', () => this.wake?.());
    call.on('close', () => this.wake?.());
    call.on('error', () => this.wake?.());
  }

  get isOver(): boolean {
    return this.call.cancelled || this.call.destroyed;
  }

  /** False when the reader has gone. */
  async send(message: ReadResp): Promise<boolean> {
    while (this.faults.silentReads && !this.isOver) await this.faultsChanged();
    if (this.isOver) return false;
    if (!this.call.write(message)) await this.woken();
    return !this.isOver;
  }

  /** Until `happen` calls back, or the reader has gone. */
  until(happen: (wake: () => void) => () => void): Promise<void> {
    return new Promise((resolve) => {
      const done = () => {
        stop();
        this.wake = undefined;
        resolve();
      };
      this.wake = done;
      const stop = happen(done);
    });
  }

  end(): void {
    if (!this.isOver) this.call.end();
  }

  private faultsChanged(): Promise<void> {
    return this.until((wake) => this.faults.onChanged(wake));
  }

  private woken(): Promise<void> {
    return this.until(() => () => undefined);
  }
}
