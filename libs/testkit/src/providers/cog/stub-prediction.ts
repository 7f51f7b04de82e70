import { setTimeout as wait } from 'node:timers/promises';
import type { ProviderFault } from '../provider-faults.js';
import { stubAnimation, stubPicture } from '../stub-pictures.js';

export interface PredictionEvent {
  readonly name: 'start' | 'log' | 'output' | 'completed';
  readonly data: Readonly<Record<string, unknown>>;
}

export interface StubPredictionOptions {
  readonly id: string;
  readonly input: Readonly<Record<string, unknown>>;
  readonly fault: ProviderFault | undefined;
  /** What the model fails with. */
  readonly error: string | undefined;
  /** Aborted by a cancellation. */
  readonly cancelled: AbortSignal;
  /** Gives the URL of a file. */
  keep(bytes: Buffer, mediaType: string): string;
}

const STEPS = 4;
const STEP_MS = 2;

interface StubFile {
  readonly bytes: Buffer;
  readonly mediaType: string;
}

function fileOf(options: StubPredictionOptions, index: number): Promise<Buffer> {
  const { input, fault } = options;
  const number = (name: string, fallback: number) => Number(input[name] ?? fallback);
  const width = number('width', 64) + (fault === 'wrong_size' ? 8 : 0);
  const size = { width, height: number('height', 64), seed: number('seed', 0) + index };
  if (input.num_frames === undefined) return stubPicture(size);
  return stubAnimation(size, number('num_frames', 1), number('fps', 8));
}

async function* filesOf(options: StubPredictionOptions): AsyncGenerator<StubFile> {
  const { input, fault } = options;
  const asked = Number(input.num_outputs ?? 1);
  const count = fault === 'none' ? 0 : fault === 'fewer' ? Math.max(1, asked - 1) : asked;
  const mediaType = input.num_frames === undefined ? 'image/png' : 'image/webp';
  for (let index = 0; index < count; index += 1) {
    const made = fault === 'no_image' ? Buffer.from('no picture') : await fileOf(options, index);
    yield { bytes: made, mediaType };
    if (fault === 'duplicate') yield { bytes: made, mediaType };
  }
}

/** The events of one prediction, in the shapes of Cog; whoever wants a single answer takes the data of the last one. */
export async function* predictionEvents(
  options: StubPredictionOptions,
): AsyncGenerator<PredictionEvent> {
  const { id, fault, cancelled } = options;
  const startedAt = performance.now();
  const output: string[] = [];
  const completed = (status: string, error?: string): PredictionEvent => {
    const metrics = { predict_time: (performance.now() - startedAt) / 1_000 };
    const data = { id, status, output, logs: '', metrics, ...(error !== undefined && { error }) };
    return { name: 'completed', data };
  };
  yield { name: 'start', data: { id, status: 'processing' } };
  try {
    for (let step = 1; step <= STEPS; step += 1) {
      await wait(fault === 'slow' ? 60_000 : STEP_MS, undefined, { signal: cancelled });
      const bar = `${Math.round((step / STEPS) * 100)}%|████      | ${step}/${STEPS}`;
      yield { name: 'log', data: { source: 'stderr', data: bar } };
    }
    const error = fault === 'broken' ? 'mat1 and mat2 do not fit' : options.error;
    if (error !== undefined) return yield completed('failed', error);
    for await (const { bytes, mediaType } of filesOf(options)) {
      const chunk = options.keep(bytes, mediaType);
      yield { name: 'output', data: { chunk, index: output.length } };
      output.push(chunk);
      cancelled.throwIfAborted();
    }
    yield completed('succeeded');
  } catch (error) {
    if (!cancelled.aborted) throw error;
    yield completed('canceled');
  }
}
