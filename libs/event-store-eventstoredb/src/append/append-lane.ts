import { randomInt } from 'node:crypto';
import type { BatchAppendCall, Connection } from '../connection/connection.js';
import { type AppendOutcome, outcomeOfRefusal } from './append-outcome.js';
import type { BatchAppendAnswer } from './batch-append-answer.js';
import { putCorrelationId } from './batch-append-request.js';
import type { EncodedWrite } from './encoded-append.js';

interface Pending {
  readonly write: EncodedWrite;
  readonly sentAt: number;
  readonly settle: (outcome: AppendOutcome) => void;
}

/** 2^32: what putCorrelationId takes with room to spare. */
const CALLS = 0x1_0000_0000;

/**
 * One BatchAppend call and the requests under way on it, answered by correlation id. The server takes
 * the requests of one call in their order. When the call breaks, or is silent for too long, the outcome
 * of everything on it is unknown, and the next request opens another one.
 */
export class AppendLane {
  private readonly pending = new Map<number, Pending>();
  private call: BatchAppendCall | undefined;
  private opening: Promise<void> | undefined;
  private callId = 0;
  private lastId = 0;
  private deadline: NodeJS.Timeout | undefined;

  constructor(
    private readonly connection: Connection,
    private readonly answerTimeoutMs: number,
  ) {}

  send(write: EncodedWrite): Promise<AppendOutcome> {
    return new Promise((settle) => {
      this.lastId += 1;
      const id = this.lastId;
      this.pending.set(id, { write, sentAt: performance.now(), settle });
      this.deadline ??= setTimeout(this.checkDeadline, this.answerTimeoutMs);
      if (this.call !== undefined) this.transmit(this.call, id, write);
      else this.opening ??= this.open();
    });
  }

  close(): void {
    this.fail(new Error('the event store is closed'));
  }

  private async open(): Promise<void> {
    try {
      const call = await this.connection.openBatchAppend();
      call.on('data', (answer: BatchAppendAnswer) => this.answered(answer));
      call.on('error', (error) => this.lost(call, error));
      call.on('end', () => this.lost(call, new Error('the server ended the call')));
      this.call = call;
      this.callId = randomInt(CALLS);
      this.opening = undefined;
      for (const [id, { write }] of this.pending) this.transmit(call, id, write);
    } catch (error) {
      this.opening = undefined;
      this.fail(error as Error);
    }
  }

  private transmit(call: BatchAppendCall, id: number, { requests }: EncodedWrite): void {
    for (const request of requests) {
      putCorrelationId(request, this.callId, id);
      call.write(request);
    }
  }

  private answered({ id, position, refusal }: BatchAppendAnswer): void {
    // An answer nobody waits for any more came too late: the request was repeated meanwhile.
    const pending = id === undefined ? undefined : this.pending.get(id);
    if (pending === undefined) return;
    this.pending.delete(id as number);
    pending.settle(
      refusal === undefined
        ? { kind: 'written', position }
        : outcomeOfRefusal(refusal, pending.write.stream),
    );
  }

  private lost(call: BatchAppendCall, error: Error): void {
    if (this.call === call) this.fail(error);
  }

  private fail(error: Error): void {
    const { call } = this;
    this.call = undefined;
    clearTimeout(this.deadline);
    this.deadline = undefined;
    const lost = [...this.pending.values()];
    this.pending.clear();
    call?.cancel();
    for (const { settle } of lost) settle({ kind: 'unknown', error });
  }

  /** Looks at the oldest request only: all have the same time. */
  private readonly checkDeadline = (): void => {
    this.deadline = undefined;
    const [oldest] = this.pending.values();
    if (oldest === undefined) return;
    const left = oldest.sentAt + this.answerTimeoutMs - performance.now();
    if (left > 0) {
      this.deadline = setTimeout(this.checkDeadline, left);
      return;
    }
    this.fail(new Error(`no answer within ${this.answerTimeoutMs} ms`));
    void this.connection.abandon();
  };
}
