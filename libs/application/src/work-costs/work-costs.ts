import type { GenerationParameters } from '@imprest/domain';
import type { Clock } from '../ports/clock.js';
import type { CostHistory } from '../ports/cost-history.js';
import type { ModelCatalogue } from '../ports/model-catalogue.js';
import { type CostEstimate, guessed, observed } from './cost-estimate.js';
import { amountOf } from './work-amount.js';

/** What work is expected to take of a GPU, in milliseconds. */
export interface ExpectedCost {
  readonly gpuMs: number;
  /** How far off that is on average. */
  readonly errorMs: number;
}

export interface WorkCostsServices {
  readonly history: CostHistory;
  readonly catalogue: ModelCatalogue;
  readonly clock: Clock;
}

/** Of a unit, for a model that neither its entry nor its past says anything of. */
const FIRST_GUESS_MS = 1_000;
/** Another process may have learned something. */
const REMEMBERED_MS = 5_000;

/** What each model takes for a megapixel or a second of clip: a first guess of its entry, then what it took. */
export class WorkCosts {
  private known: { readonly of: ReadonlyMap<string, CostEstimate>; readonly untilMs: number } = {
    of: new Map(),
    untilMs: 0,
  };

  constructor(private readonly services: WorkCostsServices) {}

  /** At least a millisecond. */
  async expected(model: string, parameters: GenerationParameters): Promise<ExpectedCost> {
    const { mean, deviation } = await this.estimate(model);
    const amount = amountOf(parameters);
    return {
      gpuMs: Math.max(1, Math.round(mean * amount)),
      errorMs: Math.round(deviation * amount),
    };
  }

  /** Learns from work that was done. Of two processes that learn at the same time one may be forgotten. */
  async learn(model: string, amount: number, gpuMs: number): Promise<void> {
    if (!(amount > 0)) return;
    const before = await this.estimate(model);
    const after = observed(before, gpuMs / amount);
    this.known = { ...this.known, of: new Map(this.known.of).set(model, after) };
    await this.services.history.save(model, after);
  }

  private async estimate(model: string): Promise<CostEstimate> {
    const { history, catalogue, clock } = this.services;
    const nowMs = clock.now().getTime();
    if (nowMs >= this.known.untilMs) {
      this.known = { of: await history.load(), untilMs: nowMs + REMEMBERED_MS };
    }
    const guess = catalogue.resolve(model)?.gpuMsForUnit ?? FIRST_GUESS_MS;
    return this.known.of.get(model) ?? guessed(guess);
  }
}
