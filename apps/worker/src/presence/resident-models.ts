import { deadline, type GenerationProvider, type ResidentModel } from '@imprest/application';
import type { AttemptUsage } from '@imprest/domain';

interface ModelName {
  readonly provider: string;
  /** The provider's own name. */
  readonly model: string;
}

interface Resident {
  at: ResidentModel['at'];
  gpuMs: number;
  loadedAtMs: number;
}

/** The server behind a provider is asked no longer than this. */
const ASKING_MS = 3_000;

/**
 * Which models the providers have, from what they tell: that a model had to be loaded, and how their servers stand. A
 * provider that tells neither has nothing here, and its worker is offered work as if nothing was ever loaded.
 */
export class ResidentModels {
  private readonly byProvider = new Map<string, Map<string, Resident>>();

  constructor(private readonly nowMs: () => number = () => performance.now()) {}

  /** A provider that says no more has one model loaded at a time. */
  loaded({ provider, model }: ModelName): void {
    const models = this.of(provider);
    for (const resident of models.values()) if (resident.at === 'loaded') resident.at = 'disk';
    models.set(model, { at: 'loaded', gpuMs: 0, loadedAtMs: this.nowMs() });
  }

  used({ provider, model }: ModelName, { gpuMs }: AttemptUsage): void {
    const resident = this.byProvider.get(provider)?.get(model);
    if (resident?.at === 'loaded') resident.gpuMs += gpuMs;
  }

  /** What the servers say goes before what was concluded here. One that does not answer changes nothing. */
  async ask(providers: Iterable<GenerationProvider>, stop: AbortSignal): Promise<void> {
    const limit = deadline(ASKING_MS, stop);
    try {
      const asked = [...providers].map(async (provider) => {
        const standing = await provider.standing?.(limit.signal).catch(() => undefined);
        if (standing !== undefined) this.told(provider.name, standing.models);
      });
      await Promise.all(asked);
    } finally {
      limit.end();
    }
  }

  list(): readonly ResidentModel[] {
    return [...this.byProvider].flatMap(([provider, models]) =>
      [...models].map(([model, { at, gpuMs, loadedAtMs }]) => {
        if (at !== 'loaded') return { provider, model, at };
        return { provider, model, at, gpuMs, loadedMs: Math.round(this.nowMs() - loadedAtMs) };
      }),
    );
  }

  private told(
    provider: string,
    models: readonly { readonly name: string; readonly loaded: boolean }[],
  ): void {
    if (models.length === 0) return;
    const before = this.of(provider);
    const after = models.map(({ name, loaded }): [string, Resident] => {
      const known = before.get(name);
      if (!loaded) return [name, { at: 'disk', gpuMs: 0, loadedAtMs: 0 }];
      if (known?.at === 'loaded') return [name, known];
      return [name, { at: 'loaded', gpuMs: 0, loadedAtMs: this.nowMs() }];
    });
    this.byProvider.set(provider, new Map(after));
  }

  private of(provider: string): Map<string, Resident> {
    const known = this.byProvider.get(provider) ?? new Map<string, Resident>();
    this.byProvider.set(provider, known);
    return known;
  }
}
