import type { Clock } from '../ports/clock.js';
import type { ModelCatalogue } from '../ports/model-catalogue.js';
import type { WorkerRegistry } from '../ports/worker-registry.js';
import { FleetView } from './fleet-view.js';

export interface WorkerFleetServices {
  readonly registry: Pick<WorkerRegistry, 'workers'>;
  readonly catalogue: Pick<ModelCatalogue, 'aliases' | 'resolve'>;
  readonly clock: Clock;
  readonly troubled: (what: string, error: unknown) => void;
}

const FRESH_MS = 1_000;

/** The registry as whoever hands out work sees it: asked once a second, and not in the way when it does not answer. */
export class WorkerFleet {
  private view: FleetView | undefined;
  private readAtMs = 0;
  private reading: Promise<FleetView> | undefined;

  constructor(private readonly services: WorkerFleetServices) {}

  async current(): Promise<FleetView> {
    const ageMs = this.services.clock.now().getTime() - this.readAtMs;
    if (this.view !== undefined && ageMs >= 0 && ageMs < FRESH_MS) return this.view;
    this.reading ??= this.read().finally(() => {
      this.reading = undefined;
    });
    return this.reading;
  }

  /** What an operator has ordered just now holds at once in this process. */
  forget(): void {
    this.readAtMs = 0;
  }

  private async read(): Promise<FleetView> {
    const { registry, catalogue, clock, troubled } = this.services;
    const readAtMs = clock.now().getTime();
    try {
      this.view = new FleetView(await registry.workers(), catalogue);
    } catch (error) {
      // Work is handed out by what was known before, or as if nothing was loaded anywhere.
      troubled('reading the registry of workers', error);
      this.view ??= new FleetView([], catalogue);
    }
    this.readAtMs = readAtMs;
    return this.view;
  }
}
