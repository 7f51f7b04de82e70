import { setTimeout as wait } from 'node:timers/promises';
import { ProviderError, type RenderContext } from '@imprest/application';

/** The one model that is loaded, as on a GPU with room for no more. For trials of how work is scheduled. */
export class LoadedModel {
  private name: string | undefined;
  private loading: Promise<unknown> = Promise.resolve();

  constructor(private readonly loadMs: number) {}

  /** Waits until the model is there, and tells when it had to be loaded. @throws ProviderError when told to stop */
  async need(model: string, { signal, onModelLoaded }: RenderContext): Promise<void> {
    if (this.loadMs === 0) return;
    const load = this.loading.then(async () => {
      if (this.name === model) return;
      try {
        await wait(this.loadMs, undefined, { signal });
      } catch (cause) {
        throw new ProviderError('cancelled', 'the loading was cancelled', { cause });
      }
      this.name = model;
      onModelLoaded?.(this.loadMs);
    });
    this.loading = load.catch(() => undefined);
    await load;
  }
}
