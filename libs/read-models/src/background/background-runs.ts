import {
  type CommandContext,
  endOf,
  failedEnd,
  type OperatorRunEnd,
  type OperatorRunOrder,
  type OperatorRunRecord,
  PeriodicTask,
} from '@imprest/application';
import type { RunEnds } from './run-ends.js';
import type { BackgroundRun, RunEnd, RunTable } from './run-table.js';

/** The same work on the same thing is under way, in this process or another. */
export class RunUnderWay extends Error {
  override readonly name = 'RunUnderWay';
  constructor({ work, subject }: OperatorRunOrder) {
    super(`${work} of ${subject} is under way already`);
  }
}

export interface RunContext {
  /** Says how far it is; written down once a second. */
  readonly tell: (progress: unknown) => void;
  /** Aborted when somebody asked for its end, or the process stops. */
  readonly signal: AbortSignal;
}

export interface Work<Result> {
  /** Answers the result; throws, or says `finished: false`, when the signal ended it before its end. */
  readonly run: (context: RunContext) => Promise<Result>;
  /** What came of it in a few words, for the record. */
  readonly resultOf: (result: Result) => string | null;
}

export interface BackgroundRunServices {
  readonly table: RunTable;
  readonly ends: RunEnds;
  readonly record: OperatorRunRecord;
  readonly newId: () => string;
  /** Told what could not be written down. */
  readonly failed: (error: unknown) => void;
}

interface Ended extends OperatorRunEnd {
  readonly row: Pick<RunEnd, 'result' | 'error'>;
}

interface Running {
  readonly id: string;
  readonly stop: AbortController;
  readonly context: CommandContext;
}

const TELL_MS = 1_000;
const LONGEST_ERROR = 500;

/**
 * Work of minutes that somebody started and nobody waits for. Who asked for it and why is an event before it begins, its
 * end is another. How far it is can be read from any process; a process that dies leaves runs that count as
 * stopped half a minute later.
 */
export class BackgroundRuns {
  private readonly running = new Map<string, { stop: AbortController; ended: Promise<void> }>();

  constructor(private readonly services: BackgroundRunServices) {}

  /** @throws RunUnderWay */
  async start<Result>(
    order: OperatorRunOrder,
    context: CommandContext,
    work: Work<Result>,
  ): Promise<BackgroundRun> {
    const { table, failed } = this.services;
    const { work: kind, subject, reason } = order;
    const row = {
      ...{ kind, subject, reason },
      ...{ actorId: context.actor.id, correlationId: context.correlationId },
    };
    const run = await table.begin(this.services.newId(), row);
    if (run === undefined) throw new RunUnderWay(order);
    await this.begin(run.id, order, context);
    const stop = new AbortController();
    const ended = this.run({ id: run.id, stop, context }, work).catch(failed);
    this.running.set(run.id, { stop, ended });
    void ended.then(() => this.running.delete(run.id));
    return run;
  }

  /** Resolves when this process has nothing under way any more. */
  async close(): Promise<void> {
    const all = [...this.running.values()];
    for (const { stop } of all) stop.abort();
    await Promise.all(all.map(({ ended }) => ended));
  }

  /** For as long as the run goes on here, and the limit allows. */
  async settled(id: string, limitMs: number): Promise<void> {
    const signal = AbortSignal.timeout(limitMs);
    const late = new Promise<void>((resolve) => {
      signal.addEventListener('abort', () => resolve(), { once: true });
    });
    await Promise.race([this.running.get(id)?.ended, late]);
  }

  /** Nothing is done that is not on record. */
  private async begin(id: string, order: OperatorRunOrder, context: CommandContext): Promise<void> {
    const { table, record } = this.services;
    try {
      await record.begin(id, order, context);
    } catch (error) {
      await table.end(id, { state: 'failed', error: describe(error) });
      throw error;
    }
  }

  private async run<Result>(running: Running, { run, resultOf }: Work<Result>): Promise<void> {
    const { id, stop } = running;
    const { signal } = stop;
    let progress: unknown;
    const telling = new PeriodicTask(
      TELL_MS,
      async () => {
        if (!(await this.services.table.tell(id, progress))) stop.abort();
      },
      this.services.failed,
    );
    telling.startLater();
    const tell = (latest: unknown) => {
      progress = latest;
    };
    const ended = await run({ tell, signal }).then(
      (result): Ended => ({ ...endOf(result, resultOf), row: { result } }),
      (error): Ended => ({ ...failedEnd(error, signal), row: { error: describe(error) } }),
    );
    await telling.stop();
    await this.services.table.tell(id, progress);
    await this.end(running, ended);
  }

  private async end({ id, context }: Running, { row, ...end }: Ended): Promise<void> {
    const { table, ends, record } = this.services;
    const { outcome: state } = end;
    const { result, error } = row;
    await table.end(id, { state, error, ...(state === 'finished' && { result }) });
    await record.end(id, end, context);
    await ends.recorded(id);
  }
}

const describe = (error: unknown) =>
  (error instanceof Error ? `${error.name}: ${error.message}` : String(error)).slice(
    0,
    LONGEST_ERROR,
  );
