import type { EnvironmentReader } from './environment-reader.js';

/** What a worker says of its machine, to the scheduler and to operators. */
export interface WorkerTraits {
  /** Memory of its GPUs; not told when absent. */
  readonly vramBytes?: number;
  readonly labels: Readonly<Record<string, string>>;
}

const LABEL = /^[A-Za-z0-9][A-Za-z0-9._/-]{0,62}$/;
const MOST_LABELS = 32;

export function workerTraits(reader: EnvironmentReader): WorkerTraits {
  const vramBytes = reader.integer('WORKER_VRAM_BYTES', 0, 0, Number.MAX_SAFE_INTEGER);
  return { ...(vramBytes > 0 && { vramBytes }), labels: labelsOf(reader) };
}

function labelsOf(reader: EnvironmentReader): Readonly<Record<string, string>> {
  const pairs = (reader.text('WORKER_LABELS') ?? '').split(',').filter((pair) => pair !== '');
  const labels = pairs.map((pair) => pair.trim().split('='));
  const fit = labels.every(
    (parts) => parts.length === 2 && parts.every((part) => LABEL.test(part)),
  );
  if (fit && labels.length <= MOST_LABELS) return Object.fromEntries(labels);
  reader.problems.push(`WORKER_LABELS must be up to ${MOST_LABELS} of name=value, with commas`);
  return {};
}
