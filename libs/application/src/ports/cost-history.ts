import type { CostEstimate } from '../work-costs/cost-estimate.js';

/** Durable memory of what models took, for a megapixel or a second of clip. */
export interface CostHistory {
  /** By the public name of the model. */
  load(): Promise<ReadonlyMap<string, CostEstimate>>;
  /** Takes the place of what was known of the model. */
  save(model: string, estimate: CostEstimate): Promise<void>;
}
