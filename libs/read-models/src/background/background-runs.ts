import { PeriodicTask } from '@imprest/application';
import type { BackgroundRun, RunOrder, RunTable } from './run-table.js';

/** The same work on the same thing is under way, in this process or another. */
export class RunUnderWay extends Error {
  override readonly name = 'RunUnderWay';
  constructor({ kind, subject }: RunOrder) {
    super(`${kind} of ${subject} is under way already`);
  }
}

export interface RunContext {
  /** Says how far it is; written down once a second. */
  readonly tell: (progress: unknown) => void;
  /** Aborted when somebody asked for its end, or the process stops. */
  readonly signal: AbortSignal;
}

/** Answers the result; throws, or says `finished: false`, when the signal ended it before its end. */
export type Work = (context: RunContext) => Promise<unknown>;

const TELL_MS = 1_000;
const LONGEST_ERROR = 500;

/**
 * Work of minutes that somebody started and nobody waits for. How far it is can be read from any process; a process
 * that dies leaves runs that count as stopped half a minute later.
 */
export class BackgroundRuns {
  private readonly running = new Map<string, { stop: AbortController; ended: Promise<void> }>();

  constructor(
    private readonly table: RunTable,
    private readonly newId: () => string,
    private readonly failed: (error: unknown) => void,
  ) {}

  /** @throws RunUnderWay */
  async start(order: RunOrder, work: Work): Promise<BackgroundRun> {
    const run = await this.table.begin(this.newId(), order);
    if (run === undefined) throw new RunUnderWay(order);
    const stop = new AbortController();
    const ended = this.run(run.id, work, stop).catch(this.failed);
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

  private async run(id: string, work: Work, stop: AbortController): Promise<void> {
    let progress: unknown;
    const telling = new PeriodicTask(
      TELL_MS,
      async () => {
        if (!(await this.table.tell(id, progress))) stop.abort();
      },
      this.failed,
    );
    telling.startLater();
    const tell = (latest: unknown) => {
      progress = latest;
    };
    try {
      const result = await work({ tell, signal: stop.signal });
      await telling.stop();
      await this.table.tell(id, progress);
      const state = isCut(result) ? 'stopped' : 'finished';
      await this.table.end(id, { state, ...(state === 'finished' && { result }) });
    } catch (error) {
      await telling.stop();
      const state = stop.signal.aborted ? 'stopped' : 'failed';
      await this.table.end(id, { state, error: describe(error) });
    }
  }
}

/** Work that was done to its end counts, although it was asked to stop meanwhile. */
const isCut = (result: unknown) =>
  typeof result === 'object' &&
  result !== null &&
  'finished' in result &&
  result.finished === false;

const describe = (error: unknown) =>
  (error instanceof Error ? `${error.name}: ${error.message}` : String(error)).slice(
    0,
    LONGEST_ERROR,
  );
