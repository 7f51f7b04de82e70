import type { ProviderDeadlines } from '@imprest/provider-http';
import type { FollowOptions } from './running/run-follower.js';
import type { ComfyuiModel } from './running/run-plan.js';

export interface ComfyuiOptions {
  /** As models and errors call it; `comfyui` when absent. */
  readonly name?: string;
  /** Of the server, such as `http://127.0.0.1:8188`. */
  readonly url: string;
  /** Sent as a bearer token, for a proxy in front of the server. */
  readonly key?: string;
  /** By the provider's names of models. */
  readonly models: Readonly<Record<string, ComfyuiModel>>;
  /** Longest time for one run, its wait in the server's queue included; 10 minutes when absent. */
  readonly runMs?: number;
  /** Bytes of one image or clip; 256 MiB when absent. */
  readonly mostFileBytes?: number;
  readonly follow?: Partial<FollowOptions>;
  readonly deadlines?: Partial<Omit<ProviderDeadlines, 'workMs'>>;
}

export interface ComfyuiSettings {
  readonly runMs: number;
  readonly mostFileBytes: number;
  readonly follow: FollowOptions;
  readonly deadlines: Partial<ProviderDeadlines>;
}

const RUN_MS = 600_000;
const MOST_FILE_BYTES = 256 * 1024 * 1024;
const ANSWER_MS = 30_000;
const FOLLOW: FollowOptions = { pollMs: 1_000, slowPollMs: 10_000, lostMs: 60_000 };

export function settingsOf(options: ComfyuiOptions): ComfyuiSettings {
  const { runMs = RUN_MS, mostFileBytes = MOST_FILE_BYTES, deadlines = {} } = options;
  const answerMs = deadlines.answerMs ?? ANSWER_MS;
  return {
    ...{ runMs, mostFileBytes },
    follow: { ...FOLLOW, ...options.follow },
    // A submission is answered as soon as it is in the queue.
    deadlines: { ...deadlines, answerMs, workMs: answerMs },
  };
}
