import type { LoopPlan, LoopResult } from '../harness/closed-loop.js';
import type { Bench } from '../harness/experiment.js';
import type { LoadTarget } from '../load/load.js';

/** A server under load, on a database of its own. */
export interface MeasuredProgram extends LoadTarget {
  /**
   * Compares what is stored with the answers the clients have got.
   * @throws Error when a fact is missing or one too many
   */
  verify(answers: number): Promise<void>;
  /** CPU time its process has used so far. */
  cpuMs(): number;
  /** Samples its CPU use, where it can: `start`, or the file to write. */
  profile?(command: string): Promise<void>;
  /** Accepts requests without HTTP, where it can. */
  submit?(plan: LoopPlan): Promise<LoopResult>;
  stop(): Promise<void>;
}

export type StartProgram = (bench: Bench, connectionString: string) => Promise<MeasuredProgram>;
