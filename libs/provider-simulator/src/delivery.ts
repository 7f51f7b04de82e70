import { ProviderError, type RenderContext, type RenderedImage } from '@imprest/application';

/** Least growth of progress that is passed on. */
const STEP = 0.01;

/** Hands images over one after the other and turns the progress of several into one that only grows. */
export class Delivery {
  private readonly fractions: number[];
  private reported = 0;
  private previous: Promise<void> = Promise.resolve();

  constructor(
    images: number,
    private readonly context: RenderContext,
  ) {
    this.fractions = Array.from({ length: images }, () => 0);
  }

  progress(index: number, fraction: number): void {
    this.fractions[index] = Math.max(fraction, this.fractions[index] ?? 0);
    const total = this.fractions.reduce((sum, part) => sum + part, 0) / this.fractions.length;
    const complete = this.fractions.every((part) => part === 1);
    if (complete ? this.reported < 1 : total - this.reported >= STEP) {
      this.reported = complete ? 1 : total;
      this.context.onProgress(this.reported);
    }
  }

  /** Resolves when the receiver has taken this image, and those before it. @throws ProviderError when cancelled */
  async handOver(image: RenderedImage): Promise<void> {
    const turn = this.previous.then(() => {
      if (this.context.signal.aborted) {
        throw new ProviderError('cancelled', 'the rendering was cancelled');
      }
      return this.context.onImage(image);
    });
    this.previous = turn.catch(() => undefined);
    await turn;
    this.progress(image.index, 1);
  }

  /** Counts an image as done that is never handed over. */
  skip(index: number): void {
    this.progress(index, 1);
  }
}
