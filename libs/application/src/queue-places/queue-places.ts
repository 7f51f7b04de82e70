import type { GenerationView } from '../generations/generation-view.js';
import type { Clock } from '../ports/clock.js';
import type { ModelCatalogue } from '../ports/model-catalogue.js';
import type { WorkQueue } from '../ports/work-queue.js';
import type { WorkCosts } from '../work-costs/index.js';
import type { WorkerFleet } from '../workers/worker-fleet.js';
import { estimateStart } from './estimate-start.js';

/** Where a queued generation stands, for whoever waits for it. */
export interface QueuePlace {
  /** From 1, in the order of fair share. */
  readonly position: number;
  /** Part of the workers of its model that its tenant has while all wait who wait now, 0 to 1. */
  readonly share: number;
  /** If nobody else comes; null while no worker serves its model, and where something other than the line holds it. */
  readonly estimatedStart: string | null;
  readonly estimatedFinish: string | null;
  /** How far off the finish is likely to be, either way; null while there is no estimate. */
  readonly errorSeconds: number | null;
}

/** A place with what keeps it from its turn apart from the line, which is told in words. */
export interface LinePlace extends QueuePlace {
  readonly atCap: boolean;
  /** Not before, where it waits for its next attempt. ISO 8601. */
  readonly readyAt: string | undefined;
}

export interface QueuePlacesServices {
  readonly queue: Pick<WorkQueue, 'standing'>;
  readonly costs: Pick<WorkCosts, 'expected'>;
  readonly fleet: Pick<WorkerFleet, 'current'>;
  readonly catalogue: Pick<ModelCatalogue, 'resolve'>;
  readonly clock: Clock;
}

type Asked = Pick<GenerationView, 'id' | 'model' | 'parameters'>;

interface Remembered {
  readonly place: Promise<LinePlace | undefined>;
  readonly untilMs: number;
}

const REMEMBERED_MS = 1_000;
const MOST_REMEMBERED = 10_000;
/** More at once are not asked for: a place is a courtesy, and the queue has work to hand out. */
const MOST_AT_ONCE = 4;

/** Answers where generations stand, at a bounded cost to the queue. */
export class QueuePlaces {
  private readonly remembered = new Map<string, Remembered>();
  private asking = 0;

  constructor(private readonly services: QueuePlacesServices) {}

  /** Undefined for what does not wait in the queue, and when too many ask at once. */
  of(asked: Asked): Promise<LinePlace | undefined> {
    const nowMs = this.services.clock.now().getTime();
    const known = this.remembered.get(asked.id);
    if (known !== undefined && nowMs < known.untilMs) return known.place;
    this.remembered.delete(asked.id);
    if (this.asking >= MOST_AT_ONCE) return Promise.resolve(undefined);
    const place = this.ask(asked, nowMs);
    this.remembered.set(asked.id, { place, untilMs: nowMs + REMEMBERED_MS });
    if (this.remembered.size > MOST_REMEMBERED) this.forgetOldest();
    return place;
  }

  private async ask(asked: Asked, nowMs: number): Promise<LinePlace | undefined> {
    this.asking += 1;
    try {
      return await this.place(asked, nowMs);
    } catch {
      return undefined;
    } finally {
      this.asking -= 1;
    }
  }

  private async place({ id, model, parameters }: Asked, nowMs: number) {
    const standing = await this.services.queue.standing(id);
    if (standing === undefined || standing.state === 'leased') return undefined;
    const { position, share, costBefore, serving: running, atCap } = standing;
    const own = await this.services.costs.expected(model, parameters);
    const slots = await this.slots(model);
    const estimate = estimateStart({ costBefore, position, own, slots, running });
    const at = (ms: number | undefined) =>
      ms === undefined ? null : new Date(nowMs + ms).toISOString();
    return {
      position,
      share: Math.round(share * 1_000) / 1_000,
      estimatedStart: at(estimate?.startMs),
      estimatedFinish: at(estimate?.finishMs),
      errorSeconds: estimate === undefined ? null : Math.ceil(estimate.errorMs / 1_000),
      atCap,
      readyAt: standing.state === 'delayed' ? standing.readyAt.toISOString() : undefined,
    };
  }

  private async slots(model: string): Promise<number> {
    const entry = this.services.catalogue.resolve(model);
    if (entry === undefined) return 0;
    return (await this.services.fleet.current()).slotsFor(entry);
  }

  private forgetOldest(): void {
    const oldest = this.remembered.keys().next();
    if (!oldest.done) this.remembered.delete(oldest.value);
  }
}
