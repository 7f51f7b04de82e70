import type { StreamEvent } from '../api/follow-stream.ts';
import type { Generation } from '../generations/generation.ts';

/** Events of `GET /v1/generations/{id}/events`; the last five end it, with the record as their data. */
export const PROGRESS_EVENTS = [
  'queued',
  'queue',
  'started',
  'progress',
  'preview',
  'attempt_failed',
  'image',
  'succeeded',
  'failed',
  'cancelled',
  'expired',
] as const;

export interface OutputProgress {
  readonly index: number;
  /** What can be seen of it so far. */
  readonly preview: string | null;
  /** Steps that the preview shows of those there are; null when they are not counted. */
  readonly at: { readonly step: number; readonly of: number } | null;
  readonly isStored: boolean;
  readonly isLost: boolean;
}

export interface Progress {
  readonly phase: 'queued' | 'processing' | 'ended';
  /** Place in the queue, from 1; null when it does not wait. */
  readonly place: number | null;
  /** Null while something other than the line holds it. */
  readonly estimatedStart: string | null;
  /** What keeps it from beginning, in words. */
  readonly waiting: string | null;
  readonly attempt: number;
  /** Share that is done, 0 to 1; null when nobody knows. */
  readonly fraction: number | null;
  readonly outputs: readonly OutputProgress[];
  /** Once it has ended. */
  readonly record: Generation | null;
}

/** An output that nothing is known of. */
export const nothingSeen: OutputProgress = {
  index: 0,
  preview: null,
  at: null,
  isStored: false,
  isLost: false,
};

export const nothingYet: Progress = {
  phase: 'queued',
  place: null,
  estimatedStart: null,
  waiting: null,
  attempt: 0,
  fraction: null,
  outputs: [],
  record: null,
};

type Data = Readonly<Record<string, unknown>>;

const numberIn = (data: Data, name: string): number | null =>
  typeof data[name] === 'number' ? data[name] : null;
const textIn = (data: Data, name: string): string | null =>
  typeof data[name] === 'string' ? data[name] : null;

function withOutput(progress: Progress, data: Data, seen: Partial<OutputProgress>): Progress {
  const index = numberIn(data, 'index') ?? 0;
  const before = progress.outputs.find((each) => each.index === index);
  const output = { ...nothingSeen, ...before, ...seen, index };
  const others = progress.outputs.filter((each) => each.index !== index);
  const outputs = [...others, output].sort((left, right) => left.index - right.index);
  return { ...progress, outputs };
}

type Step = (progress: Progress, data: Data) => Progress;

const pictureIn = (data: Data) =>
  textIn(data, 'thumbnailUrl') ?? textIn(data, 'previewUrl') ?? textIn(data, 'url');

function stepsIn(data: Data): OutputProgress['at'] {
  const [step, of] = [numberIn(data, 'step'), numberIn(data, 'of')];
  return step === null || of === null ? null : { step, of };
}

const ended: Step = (progress, data) => ({
  ...progress,
  phase: 'ended',
  place: null,
  fraction: 1,
  record: data as unknown as Generation,
});

const steps: Readonly<Record<string, Step>> = {
  queue: (progress, data) => ({
    ...progress,
    place: numberIn(data, 'position'),
    estimatedStart: textIn(data, 'estimatedStart'),
    waiting: textIn((data.waiting ?? {}) as Data, 'message'),
  }),
  started: (progress, data) => ({
    ...progress,
    phase: 'processing',
    place: null,
    estimatedStart: null,
    waiting: null,
    fraction: null,
    attempt: numberIn(data, 'attempt') ?? progress.attempt + 1,
  }),
  progress: (progress, data) => ({
    ...progress,
    phase: 'processing',
    fraction: numberIn(data, 'progress') ?? progress.fraction,
  }),
  preview: (progress, data) =>
    withOutput(progress, data, { preview: pictureIn(data), at: stepsIn(data) }),
  attempt_failed: (progress) => ({ ...progress, phase: 'queued', fraction: null, outputs: [] }),
  image: (progress, data) => {
    const isLost = data.error !== undefined;
    const preview = pictureIn(data);
    return withOutput(progress, data, {
      isStored: !isLost,
      isLost,
      ...(preview === null ? {} : { preview }),
    });
  },
  succeeded: ended,
  failed: ended,
  cancelled: ended,
  expired: ended,
};

/** Where the work stands after one more event of its stream; what is not known changes nothing. */
export function advanced(
  progress: Progress,
  { type, data }: Pick<StreamEvent, 'type' | 'data'>,
): Progress {
  if (progress.phase === 'ended') return progress;
  return steps[type]?.(progress, (data ?? {}) as Data) ?? progress;
}
