import type { ProviderError } from '@imprest/application';
import { executionFailure } from './execution-failure.js';
import { type Fields, fieldsOf, listOf, textOf } from './json-fields.js';

/** A file that a node put out; `GET /view` takes the three fields as they are. */
export interface OutputFile {
  readonly filename: string;
  readonly subfolder: string;
  readonly type: string;
}

export interface FinishedRun {
  readonly state: 'finished';
  /** By the ids of nodes. */
  readonly outputs: Fields;
  /** Execution alone, without the time in the queue; undefined when the server does not tell. */
  readonly executionMs: number | undefined;
}

export type RunState =
  | { readonly state: 'waiting' | 'running' | 'interrupted' | 'absent' }
  | { readonly state: 'failed'; readonly failure: ProviderError }
  | FinishedRun;

/** Pictures stand under `images`, those of widespread video nodes under other keys. */
const FILE_KEYS = ['images', 'gifs', 'video', 'videos'];

const span = (start: unknown, end: unknown): number | undefined =>
  typeof start === 'number' && typeof end === 'number' && end >= start ? end - start : undefined;

/** Of `GET /api/jobs/{id}`. */
export function stateOfJob(body: unknown): RunState {
  const job = fieldsOf(body);
  const executionMs = span(job.execution_start_time, job.execution_end_time);
  switch (job.status) {
    case 'pending':
      return { state: 'waiting' };
    case 'completed':
      return { state: 'finished', outputs: fieldsOf(job.outputs), executionMs };
    case 'failed':
      return { state: 'failed', failure: executionFailure(job.execution_error) };
    case 'cancelled':
      return { state: 'interrupted' };
    default:
      return { state: 'running' };
  }
}

/** Of an entry of `GET /history/{id}`: its messages are pairs of an event's name and data. */
export function stateOfHistory(entry: Fields): RunState {
  const status = fieldsOf(entry.status);
  const messages = new Map(
    listOf(status.messages).map((message) => {
      const [name, data] = listOf(message);
      return [String(name), fieldsOf(data)] as const;
    }),
  );
  if (messages.has('execution_interrupted')) return { state: 'interrupted' };
  if (status.status_str === 'error') {
    return { state: 'failed', failure: executionFailure(messages.get('execution_error')) };
  }
  const start = messages.get('execution_start')?.timestamp;
  const executionMs = span(start, messages.get('execution_success')?.timestamp);
  return { state: 'finished', outputs: fieldsOf(entry.outputs), executionMs };
}

/** Of `GET /queue`: its items are lists whose second element is the id. */
export function stateInQueue(body: unknown, id: string): RunState {
  const { queue_running: running, queue_pending: pending } = fieldsOf(body);
  const has = (items: unknown) => listOf(items).some((item) => listOf(item)[1] === id);
  if (has(running)) return { state: 'running' };
  return { state: has(pending) ? 'waiting' : 'absent' };
}

/** Files that one node has kept, in its order; previews are no output. */
export function filesOf(outputs: Fields, node: string): readonly OutputFile[] {
  const output = fieldsOf(outputs[node]);
  return FILE_KEYS.flatMap((key) => listOf(output[key]))
    .map(fieldsOf)
    .flatMap(({ filename, subfolder, type }) => {
      const name = textOf(filename);
      const kind = textOf(type) ?? 'output';
      if (name === undefined || kind === 'temp') return [];
      return [{ filename: name, subfolder: textOf(subfolder) ?? '', type: kind }];
    });
}
