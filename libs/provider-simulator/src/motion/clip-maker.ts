import { type ClipRequest, ProviderError, type RenderRequest } from '@imprest/application';
import type { ClipTask } from './clip-task.js';
import { Ffmpeg } from './ffmpeg.js';

export interface MadeClip {
  readonly bytes: Uint8Array;
  readonly mediaType: 'video/mp4' | 'image/webp';
}

export interface ClipOrder {
  readonly request: RenderRequest;
  readonly clip: ClipRequest;
  readonly prompt: string;
  /** The encoded source, in memory that threads may read. */
  readonly source: Uint8Array;
}

/** What renders on threads of its own; see RenderPool. */
interface ClipThreads {
  render(
    task: ClipTask,
    signal: AbortSignal,
    onProgress: (fraction: number) => void,
  ): Promise<Uint8Array>;
}

type Mp4Encoder = Pick<Ffmpeg, 'mp4'>;

const isEven = (side: number) => side % 2 === 0;

/** Makes clips on the threads of the pool: MP4 where the machine can encode it, else animated WebP. */
export class ClipMaker {
  private found: Promise<Mp4Encoder | undefined> | undefined;

  constructor(
    private readonly pool: ClipThreads,
    private readonly findEncoder: () => Promise<Mp4Encoder | undefined> = () => Ffmpeg.find(),
  ) {}

  /** @throws ProviderError `model` when it can make none of the media types */
  async make(
    order: ClipOrder,
    signal: AbortSignal,
    onProgress: (fraction: number) => void,
  ): Promise<MadeClip> {
    const { clip, request } = order;
    const { width, height } = request;
    for (const mediaType of clip.mediaTypes) {
      if (mediaType === 'image/webp') {
        const bytes = await this.pool.render(taskOf(order, 'webp'), signal, onProgress);
        return { bytes, mediaType };
      }
      const encoder = isEven(width) && isEven(height) ? await this.encoder() : undefined;
      if (encoder === undefined) continue;
      const frames = await this.pool.render(taskOf(order, 'frames'), signal, onProgress);
      const { framesPerSecond } = clip;
      const bytes = await encoder.mp4({ frames, width, height, framesPerSecond }, signal);
      return { bytes, mediaType };
    }
    throw new ProviderError('model', `this worker makes no ${clip.mediaTypes.join(' or ')}`);
  }

  /** Looked for once: a machine seldom grows a program while a worker runs. */
  private encoder(): Promise<Mp4Encoder | undefined> {
    this.found ??= this.findEncoder();
    return this.found;
  }
}

function taskOf(
  { request, clip, prompt, source }: ClipOrder,
  encoding: ClipTask['encoding'],
): ClipTask {
  const { seed, width, height, watermark } = request;
  const { framesPerSecond } = clip;
  const frames = clip.durationSeconds * framesPerSecond;
  return {
    kind: 'clip',
    ...{ prompt, seed, width, height, watermark, source },
    ...{ frames, framesPerSecond, encoding },
  };
}
