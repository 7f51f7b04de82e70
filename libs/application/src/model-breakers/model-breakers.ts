import { type ModelBreakerEvent, type ModelBreakerState, modelBreaker } from '@imprest/domain';
import { streamId, toDomainEvent } from '@imprest/event-catalogue';
import type { Clock } from '../ports/clock.js';
import { type EventStore, START_OF_STORE } from '../ports/event-store.js';

/** How long what is known of breakers is not looked up again. */
const FRESH_MS = 500;

/** Whether work of a model is handed out, and from when a probe may be. */
export type BreakerStanding = Readonly<ModelBreakerState>;

/** Which of some models get no work now, and which get one job to see. */
export interface BreakerVerdict {
  readonly shut: ReadonlySet<string>;
  readonly probes: readonly string[];
}

const NOTHING_SHUT: BreakerVerdict = { shut: new Set(), probes: [] };

/**
 * What the breakers of all models say, in any process: their streams hold openings, probes and closings alone, so
 * that following them costs next to nothing. Half a second behind at most; the stream itself decides about probes.
 */
export class ModelBreakers {
  private readonly states = new Map<string, ModelBreakerState>();
  private position = START_OF_STORE;
  private readAtMs = Number.NEGATIVE_INFINITY;
  private reading: Promise<void> | undefined;

  constructor(
    private readonly store: EventStore,
    private readonly clock: Clock,
  ) {}

  async standing(model: string): Promise<BreakerStanding> {
    await this.catchUp();
    return this.states.get(model) ?? { ...modelBreaker.initialState(), model };
  }

  /** Of every model whose breaker was ever open, by model. */
  async all(): Promise<readonly BreakerStanding[]> {
    await this.catchUp();
    return [...this.states.values()].sort((a, b) => (a.model < b.model ? -1 : 1));
  }

  /** Shut are those that are neither closed nor due for a probe, and those that are: a probe is leased apart. */
  async verdict(): Promise<BreakerVerdict> {
    await this.catchUp();
    const open = [...this.states.values()].filter(({ status }) => status !== 'closed');
    if (open.length === 0) return NOTHING_SHUT;
    const nowMs = this.clock.now().getTime();
    const due = open.filter(({ probeAt }) => probeAt !== null && Date.parse(probeAt) <= nowMs);
    return {
      shut: new Set(open.map(({ model }) => model)),
      probes: due.map(({ model }) => model),
    };
  }

  private async catchUp(): Promise<void> {
    const nowMs = this.clock.now().getTime();
    if (nowMs - this.readAtMs < FRESH_MS) return;
    this.reading ??= this.read().finally(() => {
      this.reading = undefined;
    });
    await this.reading;
    this.readAtMs = nowMs;
  }

  private async read(): Promise<void> {
    const pages = this.store.readAll({
      categories: [modelBreaker.category],
      after: this.position,
    });
    for await (const page of pages) {
      for (const recorded of page) {
        const model = streamId(recorded.stream);
        const state = this.states.get(model) ?? modelBreaker.initialState();
        const event = toDomainEvent(recorded) as ModelBreakerEvent;
        this.states.set(model, modelBreaker.evolve(state, event));
        this.position = recorded.position;
      }
    }
  }
}
