import {
  type GenerationProvider,
  type IdentityEmbedding,
  ProviderError,
  type ProviderStanding,
  type RenderContext,
  type RenderRequest,
} from '@imprest/application';

/** A provider whose server takes fewer jobs at once than the worker: the others wait here, and may be cancelled. */
export class LimitedProvider implements GenerationProvider {
  readonly embedIdentity?: (description: string) => Promise<IdentityEmbedding>;
  readonly standing?: (signal: AbortSignal) => Promise<ProviderStanding>;
  readonly lookup?: GenerationProvider['lookup'];
  private readonly waiting = new Set<() => void>();
  private running = 0;

  constructor(
    private readonly provider: GenerationProvider,
    private readonly most: number,
  ) {
    this.embedIdentity = provider.embedIdentity?.bind(provider);
    this.standing = provider.standing?.bind(provider);
    this.lookup = provider.lookup?.bind(provider);
  }

  get name(): string {
    return this.provider.name;
  }

  async render(request: RenderRequest, context: RenderContext): Promise<void> {
    await this.turn(context.signal);
    try {
      await this.provider.render(request, context);
    } finally {
      this.handOn();
    }
  }

  close(): Promise<void> {
    return this.provider.close();
  }

  private turn(signal: AbortSignal): Promise<void> {
    if (this.running < this.most && !signal.aborted) {
      this.running += 1;
      return Promise.resolve();
    }
    return new Promise((resolve, reject) => {
      const proceed = () => {
        signal.removeEventListener('abort', giveUp);
        resolve();
      };
      const giveUp = () => {
        this.waiting.delete(proceed);
        reject(new ProviderError('cancelled', 'the rendering was cancelled'));
      };
      if (signal.aborted) return giveUp();
      this.waiting.add(proceed);
      signal.addEventListener('abort', giveUp, { once: true });
    });
  }

  /** The place goes to whoever has waited longest. */
  private handOn(): void {
    const [next] = this.waiting;
    if (next === undefined) {
      this.running -= 1;
      return;
    }
    this.waiting.delete(next);
    next();
  }
}
