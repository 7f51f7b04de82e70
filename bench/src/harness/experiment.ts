import type { Servers } from '../servers.js';
import type { Options } from './options.js';
import type { Pinning } from './pinning.js';

/** What one round of a variant gave, by the name of the figure: rates per second, times in ms. */
export type Figures = Readonly<Record<string, number>>;

/** One of the things compared. Every round measures it anew, on a fresh database. */
export interface Variant {
  readonly name: string;
  /** @throws Error when an answer was wrong or a fact is missing: such a figure means nothing. */
  measure(): Promise<Figures>;
}

export interface FigureRef {
  readonly variant: string;
  readonly figure: string;
}

/** A promise of the product as a ratio of two figures taken in the same round. */
export interface Comparison {
  readonly what: string;
  readonly of: FigureRef;
  readonly to: FigureRef;
  /** Absent: printed for information only. */
  readonly target?: { readonly atLeast: number } | { readonly atMost: number };
}

export interface OpenExperiment {
  readonly variants: readonly Variant[];
  readonly comparisons: readonly Comparison[];
  close?(): Promise<void>;
}

export interface Bench {
  readonly options: Options;
  readonly servers: Servers;
  readonly pinning: Pinning;
  /** Folder for data that is thrown away when the run ends. */
  readonly folder: string;
  progress(line: string): void;
}

export interface Experiment {
  /** For `--only`. */
  readonly name: string;
  readonly title: string;
  /** Why it cannot run here, undefined when it can. */
  unavailable?(bench: Bench): string | undefined;
  open(bench: Bench): Promise<OpenExperiment>;
}
