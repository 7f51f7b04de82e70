import type { GenerationView, GenerationViewStatus } from '@imprest/application';
import { Column, Entity, PrimaryColumn } from 'typeorm';

/** One generation as lists need it. The columns beside `view` are there to be filtered and sorted by. */
@Entity({ schema: 'read_models', name: 'generations' })
export class GenerationRow {
  @PrimaryColumn({ type: 'text' })
  id!: string;

  @Column({ name: 'tenant_id', type: 'text' })
  tenantId!: string;

  @Column({ name: 'end_user_id', type: 'text' })
  endUserId!: string;

  @Column({ name: 'api_key_id', type: 'text' })
  apiKeyId!: string;

  @Column({ type: 'text' })
  dialect!: string;

  @Column({ type: 'text' })
  model!: string;

  @Column({ type: 'text' })
  status!: GenerationViewStatus;

  @Column({ name: 'created_at', type: 'timestamptz' })
  createdAt!: Date;

  @Column({ name: 'finished_at', type: 'timestamptz', nullable: true })
  finishedAt!: Date | null;

  @Column({ type: 'boolean' })
  erased!: boolean;

  /** Without its confidential part once erased. */
  @Column({ type: 'json' })
  view!: GenerationView;

  /** Of the last event folded in. */
  @Column({ type: 'int' })
  revision!: number;
}
