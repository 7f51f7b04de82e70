import type { DataSource } from 'typeorm';

export interface OwnedThing {
  readonly tenantId: string;
  /** What it belongs to; null when that is the tenant itself. */
  readonly generationId: string | null;
}

const IMAGE = `
  select tenant_id as "tenantId", generation_id as "generationId" from read_models.assets
  where asset_id = $1`;
const LOT = `
  select tenant_id as "tenantId", null as "generationId" from ledger.lots
  where lot_id = $1 order by tenant_id limit 10`;

/** Whose a thing is, of which only the id is known. */
export class OwnerQueries {
  constructor(private readonly dataSource: DataSource) {}

  image(id: string): Promise<readonly OwnedThing[]> {
    return this.dataSource.query(IMAGE, [id]);
  }

  /** Lots that are granted have names that several tenants may have; ten at most are told. */
  lots(id: string): Promise<readonly OwnedThing[]> {
    return this.dataSource.query(LOT, [id]);
  }
}
