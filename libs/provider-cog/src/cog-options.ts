import type { ModelParts, ProviderDeadlines } from '@imprest/provider-http';
import type { InputMapping } from './mapping/input-mapping.js';

/** Mappings by what a request asks for. */
export type CogModel = ModelParts<InputMapping>;

export interface CogOptions {
  /** As models and errors call it; `cog` when absent. */
  readonly name?: string;
  /** Of the server, such as `http://127.0.0.1:5000`. */
  readonly url: string;
  /** Sent as a bearer token, for a proxy in front of the server. */
  readonly key?: string;
  /** By the provider's names of models; a Cog server runs one model, which may be sold under several. */
  readonly models: Readonly<Record<string, CogModel>>;
  /** What the links of outputs begin with, where the server was started with `--upload-url`; links are refused when absent. */
  readonly outputUrl?: string;
  /** Longest time for one prediction; 10 minutes when absent. */
  readonly runMs?: number;
  /** Longest time to ask again while all slots of the server are busy; 5 seconds when absent. */
  readonly busyMs?: number;
  /** Bytes of one image or clip; 64 MiB when absent. */
  readonly mostFileBytes?: number;
  readonly deadlines?: Partial<Omit<ProviderDeadlines, 'workMs'>>;
}

export interface CogSettings {
  readonly runMs: number;
  readonly busyMs: number;
  readonly mostFileBytes: number;
  readonly deadlines: Partial<ProviderDeadlines>;
}

const RUN_MS = 600_000;
const BUSY_MS = 5_000;
const MOST_FILE_BYTES = 64 * 1024 * 1024;

export function settingsOf(options: CogOptions): CogSettings {
  const { runMs = RUN_MS, busyMs = BUSY_MS, mostFileBytes = MOST_FILE_BYTES } = options;
  // Without a stream, the answer begins when the prediction is over.
  return { runMs, busyMs, mostFileBytes, deadlines: { ...options.deadlines, workMs: runMs } };
}
