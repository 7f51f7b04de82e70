import { type AppendResult, EventStoreUnavailable } from '@imprest/application';
import pg from 'pg';
import type { Session } from '../connection/session.js';
import type { EventStoreObserver } from '../observer.js';
import { type AppendLimits, AppendQueue } from './append-queue.js';
import { AppendStatements, type WriteOutcome } from './append-statements.js';
import { judge } from './conflict-judgement.js';
import type { EncodedAppend } from './encoded-append.js';
import { batchOf, type PendingAppend, pendingAppend, withWrites } from './pending-append.js';

/** SQLSTATE classes that blame the content: data exception, program limit exceeded. */
const CONTENT_ERRORS = /^(22|54)/;

function blamesContent(error: unknown): error is pg.DatabaseError {
  return error instanceof pg.DatabaseError && CONTENT_ERRORS.test(error.code ?? '');
}

/**
 * Group commit. All append calls of the process share one connection and one statement at a time;
 * the calls that arrive while it runs are the next batch. No timer: the running commit is the window.
 */
export class AppendLane {
  private readonly queue: AppendQueue;
  private running = false;
  private closed = false;
  private onIdle: () => void = () => undefined;

  constructor(
    private readonly session: Pick<Session, 'open' | 'discard' | 'close'>,
    private readonly limits: AppendLimits,
    private readonly observer: EventStoreObserver,
    private readonly onCommit: (lastPosition: bigint) => void,
    private readonly statements: Pick<
      AppendStatements,
      'append' | 'stored'
    > = new AppendStatements(),
  ) {
    this.queue = new AppendQueue(limits);
  }

  append(encoded: EncodedAppend): Promise<AppendResult> {
    if (this.closed) return Promise.reject(new EventStoreUnavailable('the event store is closed'));
    if (encoded.contradictions.length > 0) {
      this.observer.conflicted?.(encoded.contradictions);
      return Promise.resolve({ kind: 'conflict', streams: encoded.contradictions });
    }
    if (this.queue.isFull) {
      const error = new EventStoreUnavailable(
        `the event store is overloaded: ${this.queue.length} appends are waiting`,
      );
      this.observer.unavailable?.(1, error);
      return Promise.reject(error);
    }
    return new Promise((resolve, reject) => {
      this.queue.add(pendingAppend(encoded, resolve, reject));
      if (this.running) return;
      this.running = true;
      setImmediate(this.turn);
    });
  }

  /** Turns new calls away, answers those that wait, then closes the connection. */
  async close(): Promise<void> {
    this.closed = true;
    if (this.running) {
      await new Promise<void>((resolve) => {
        this.onIdle = resolve;
      });
    }
    await this.session.close();
  }

  /** One batch per turn of the event loop: callers answered by the last one are in the next. */
  private readonly turn = async (): Promise<void> => {
    await this.settle(this.queue.takeBatch());
    if (this.queue.length > 0) {
      setImmediate(this.turn);
    } else {
      this.running = false;
      this.onIdle();
    }
  };

  private async settle(calls: PendingAppend[]): Promise<void> {
    let client: pg.Client;
    try {
      client = await this.session.open();
    } catch (error) {
      this.reject([...calls, ...this.queue.takeAll()], error);
      return;
    }
    const deadline = setTimeout(() => this.session.discard(), this.limits.answerTimeoutMs);
    try {
      this.queue.putBack(await this.commit(client, calls));
    } catch (error) {
      this.session.discard();
      this.reject(calls, error);
    } finally {
      clearTimeout(deadline);
    }
  }

  /** Answers calls, and gives back those to be tried again. */
  private async commit(client: pg.Client, calls: PendingAppend[]): Promise<PendingAppend[]> {
    const { together, apart } = batchOf(calls);
    const startedAt = performance.now();
    let outcome: WriteOutcome;
    try {
      outcome = await this.statements.append(client, together);
    } catch (error) {
      if (!blamesContent(error)) throw error;
      return [...(await this.isolate(client, together, error)), ...apart];
    }
    if (outcome.kind === 'written') {
      this.resolve(together, outcome.lastPosition, performance.now() - startedAt);
      return apart.length === 0 ? apart : await this.judgeAll(client, apart);
    }
    const { streams } = outcome;
    const suspects: PendingAppend[] = [];
    const others: PendingAppend[] = [];
    for (const call of calls) {
      const suspect = call.writes.some((write) => streams.has(write.stream));
      (suspect ? suspects : others).push(call);
    }
    return [...others, ...(await this.judgeAll(client, suspects))];
  }

  private resolve(calls: PendingAppend[], lastPosition: bigint, ms: number): void {
    const events = calls.reduce((sum, call) => sum + call.events, 0);
    // The lock makes the positions of a batch contiguous.
    let position = lastPosition - BigInt(events);
    for (const call of calls) {
      position += BigInt(call.events);
      call.resolve({ kind: 'appended', position });
    }
    this.onCommit(lastPosition);
    this.observer.appended?.(events, calls.length, ms / 1000);
  }

  private async judgeAll(client: pg.Client, suspects: PendingAppend[]): Promise<PendingAppend[]> {
    const stored = (await this.statements.stored(client, suspects)).values();
    const again: PendingAppend[] = [];
    for (const call of suspects) {
      const judgement = judge(call, stored);
      if (judgement.kind === 'retry') {
        again.push(withWrites(call, judgement.writes, judgement.position));
      } else if (judgement.kind === 'stored') {
        call.resolve({ kind: 'appended', position: judgement.position });
      } else {
        this.observer.conflicted?.(judgement.streams);
        call.resolve(judgement);
      }
    }
    return again;
  }

  /** Halves a batch whose content was refused until the call to blame stands alone. */
  private async isolate(
    client: pg.Client,
    calls: PendingAppend[],
    error: pg.DatabaseError,
  ): Promise<PendingAppend[]> {
    const [first] = calls;
    if (first !== undefined && calls.length === 1) {
      const streams = first.writes.map(({ stream }) => stream).join(', ');
      first.reject(
        new RangeError(`the append to ${streams} was refused: ${error.message}`, { cause: error }),
      );
      return [];
    }
    const middle = calls.length >> 1;
    const again = await this.commit(client, calls.slice(0, middle));
    return [...again, ...(await this.commit(client, calls.slice(middle)))];
  }

  private reject(calls: PendingAppend[], cause: unknown): void {
    const reason = cause instanceof Error ? cause.message : String(cause);
    const error = new EventStoreUnavailable(`the event store did not answer: ${reason}`, { cause });
    this.observer.unavailable?.(calls.length, error);
    for (const call of calls) call.reject(error);
  }
}
