import type { OperatorRunBegun, OperatorRunEnded } from '@imprest/domain';
import type { CommandContext } from '../command-context.js';
import type { DeciderRunner } from '../deciding/decider-runner.js';
import { operatorRunStream } from '../deciding/stream-types.js';
import { DomainFailure } from '../domain-failure.js';

/** What is done, to what, and why. */
export type OperatorRunOrder = OperatorRunBegun['data'];

/** How it ended. */
export type OperatorRunEnd = Omit<OperatorRunEnded['data'], 'work' | 'subject'>;

/** Says in the event store what operators do to the installation: before it begins, and when it has ended. */
export class OperatorRunRecord {
  constructor(private readonly runner: Pick<DeciderRunner, 'run'>) {}

  /** The work may begin when this has resolved. Safe to repeat. */
  async begin(id: string, order: OperatorRunOrder, context: CommandContext): Promise<void> {
    const command = { type: 'BeginOperatorRun', ...order } as const;
    await this.runner.run(operatorRunStream, id, command, context);
  }

  /** Safe to repeat: the first end counts. @throws DomainFailure conflict for a run that has not begun */
  async end(id: string, end: OperatorRunEnd, context: CommandContext): Promise<void> {
    const command = { type: 'EndOperatorRun', ...end } as const;
    const result = await this.runner.run(operatorRunStream, id, command, context);
    if (result.kind === 'rejected') throw new DomainFailure(result.error);
  }

  /** Both around work that somebody waits for. @param resultOf what came of it, for the record */
  async during<T>(
    run: RunAtHand,
    work: () => Promise<T>,
    resultOf: (result: T) => string | null,
  ): Promise<T> {
    const { id, order, context, signal } = run;
    await this.begin(id, order, context);
    let result: T;
    try {
      result = await work();
    } catch (error) {
      await this.end(id, failedEnd(error, signal), context);
      throw error;
    }
    await this.end(id, endOf(result, resultOf), context);
    return result;
  }
}

export interface RunAtHand {
  readonly id: string;
  readonly order: OperatorRunOrder;
  readonly context: CommandContext;
  /** Aborted when whoever waits wants it to stop. */
  readonly signal: AbortSignal;
}

/** Work that was done to its end counts, although it was asked to stop meanwhile; `finished: false` says that it was not. */
export function endOf<T>(result: T, resultOf: (result: T) => string | null): OperatorRunEnd {
  return isCut(result)
    ? { outcome: 'stopped', result: null, failure: null }
    : { outcome: 'finished', result: resultOf(result), failure: null };
}

/** An error after somebody asked for the end is that end. */
export function failedEnd(error: unknown, signal: AbortSignal): OperatorRunEnd {
  if (signal.aborted) return { outcome: 'stopped', result: null, failure: null };
  const failure = error instanceof Error ? error.name : typeof error;
  return { outcome: 'failed', result: null, failure };
}

const isCut = (result: unknown) =>
  typeof result === 'object' &&
  result !== null &&
  'finished' in result &&
  result.finished === false;
