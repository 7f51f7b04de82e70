import { Column, Entity, PrimaryColumn } from 'typeorm';
import { amount } from './amount.js';

/** One stored image, for retention and erasure. */
@Entity({ schema: 'read_models', name: 'assets' })
export class AssetRow {
  @PrimaryColumn({ name: 'asset_id', type: 'text' })
  assetId!: string;

  @Column({ name: 'generation_id', type: 'text' })
  generationId!: string;

  @Column({ name: 'tenant_id', type: 'text' })
  tenantId!: string;

  @Column({ name: 'data_key_id', type: 'text' })
  dataKeyId!: string;

  @Column({ name: 'media_type', type: 'text' })
  mediaType!: string;

  @Column(amount)
  bytes!: bigint;

  /** Hex. */
  @Column({ type: 'text' })
  sha256!: string;

  @Column({ name: 'stored_at', type: 'timestamptz' })
  storedAt!: Date;

  @Column({ type: 'boolean' })
  erased!: boolean;
}
