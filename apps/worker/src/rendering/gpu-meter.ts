import type { AttemptUsage } from '@imprest/domain';

/**
 * What an attempt takes of a GPU: what its server tells, or what can be told from outside. That is the time within
 * the provider, without that in which it waits for images to be handed over.
 */
export class GpuMeter {
  private begunAtMs: number | undefined;
  private endedAtMs: number | undefined;
  private handingOver = 0;
  private idleSinceMs = 0;
  private idleMs = 0;
  private loadMs = 0;
  private toldMs: number | undefined;

  constructor(private readonly nowMs: () => number = () => performance.now()) {}

  begin(): void {
    this.begunAtMs = this.nowMs();
  }

  end(): void {
    this.endedAtMs ??= this.nowMs();
  }

  /** The model had to be loaded, which took so long. */
  loaded(ms: number): void {
    if (Number.isFinite(ms) && ms > 0) this.loadMs += ms;
  }

  /** A server tells that its GPU was busy for so long, more than once when it did so in pieces. */
  told(ms: number): void {
    if (Number.isFinite(ms) && ms >= 0) this.toldMs = (this.toldMs ?? 0) + ms;
  }

  /** The GPU has nothing to do while the provider waits for this. */
  async idleFor<T>(handingOver: () => Promise<T>): Promise<T> {
    if (this.handingOver === 0) this.idleSinceMs = this.nowMs();
    this.handingOver += 1;
    try {
      return await handingOver();
    } finally {
      this.handingOver -= 1;
      if (this.handingOver === 0) this.idleMs += this.nowMs() - this.idleSinceMs;
    }
  }

  /** Undefined when no provider was called. */
  get usage(): AttemptUsage | undefined {
    if (this.begunAtMs === undefined) return undefined;
    const total = (this.endedAtMs ?? this.nowMs()) - this.begunAtMs;
    const busyMs = Math.min(total, this.toldMs ?? total - this.idleMs);
    const gpuMs = Math.max(0, Math.round(busyMs));
    return { gpuMs, loadMs: Math.min(gpuMs, Math.round(this.loadMs)) };
  }
}
