import type { TopUpStatus } from '@imprest/domain';
import type { JsonObject } from '@imprest/event-catalogue';
import { Column, Entity, PrimaryColumn } from 'typeorm';

/** One top-up as lists need it. The columns beside `state` are there to be filtered and sorted by. */
@Entity({ schema: 'read_models', name: 'top_ups' })
export class TopUpRow {
  @PrimaryColumn({ type: 'text' })
  id!: string;

  @Column({ name: 'tenant_id', type: 'text' })
  tenantId!: string;

  @Column({ type: 'text' })
  provider!: string;

  @Column({ type: 'text' })
  status!: TopUpStatus;

  /** Somebody has to decide on a payment, whatever the status is. */
  @Column({ name: 'under_review', type: 'boolean' })
  underReview!: boolean;

  @Column({ name: 'created_at', type: 'timestamptz' })
  createdAt!: Date;

  @Column({ name: 'updated_at', type: 'timestamptz' })
  updatedAt!: Date;

  @Column({ name: 'credited_at', type: 'timestamptz', nullable: true })
  creditedAt!: Date | null;

  @Column({ name: 'expires_at', type: 'timestamptz' })
  expiresAt!: Date;

  @Column({ type: 'json' })
  state!: JsonObject;

  /** Of the last event folded in. */
  @Column({ type: 'int' })
  revision!: number;
}
