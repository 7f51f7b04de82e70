import { Column, Entity, PrimaryColumn } from 'typeorm';

/** Whose generation it is, for as long as it runs: its later events do not say. */
@Entity({ schema: 'read_models', name: 'end_user_generations' })
export class EndUserGenerationRow {
  @PrimaryColumn({ name: 'generation_id', type: 'text' })
  generationId!: string;

  @Column({ name: 'end_user_id', type: 'text' })
  endUserId!: string;
}

/** The tenant of a generation, for as long as it can still store images. */
@Entity({ schema: 'read_models', name: 'asset_generations' })
export class AssetGenerationRow {
  @PrimaryColumn({ name: 'generation_id', type: 'text' })
  generationId!: string;

  @Column({ name: 'tenant_id', type: 'text' })
  tenantId!: string;
}
