import type { CostEstimate, CostHistory } from '@imprest/application';

export class InMemoryCostHistory implements CostHistory {
  readonly estimates = new Map<string, CostEstimate>();

  async load(): Promise<ReadonlyMap<string, CostEstimate>> {
    return new Map(this.estimates);
  }

  async save(model: string, estimate: CostEstimate): Promise<void> {
    this.estimates.set(model, estimate);
  }
}
