import type { CostEstimate, CostHistory } from '@imprest/application';
import type { DataSource } from 'typeorm';

const LOAD = 'select model, mean, deviation, samples::float8 from read_models.model_costs';
const SAVE = `
  insert into read_models.model_costs (model, mean, deviation, samples) values ($1, $2, $3, $4)
  on conflict (model) do update
    set mean = excluded.mean, deviation = excluded.deviation, samples = excluded.samples`;

interface Row extends CostEstimate {
  readonly model: string;
}

/**
 * What models take of a GPU. Learned in the order in which the facts came in, which no rebuild could repeat: so
 * it is no projection, and what is lost of it is learned again.
 */
export class ModelCosts implements CostHistory {
  constructor(private readonly dataSource: DataSource) {}

  async load(): Promise<ReadonlyMap<string, CostEstimate>> {
    const rows: Row[] = await this.dataSource.query(LOAD);
    return new Map(rows.map(({ model, ...estimate }) => [model, estimate]));
  }

  async save(model: string, { mean, deviation, samples }: CostEstimate): Promise<void> {
    await this.dataSource.query(SAVE, [model, mean, deviation, samples]);
  }
}
