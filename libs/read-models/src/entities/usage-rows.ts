import { Column, Entity, PrimaryColumn } from 'typeorm';
import { amount } from './amount.js';

/** What one key asked of one model for one end user through one dialect on one day of UTC, and what it cost. */
@Entity({ schema: 'read_models', name: 'usage' })
export class UsageRow {
  @PrimaryColumn({ name: 'tenant_id', type: 'text' })
  tenantId!: string;

  /** Such as 2026-11-20. */
  @PrimaryColumn({ type: 'text' })
  day!: string;

  @PrimaryColumn({ type: 'text' })
  model!: string;

  @PrimaryColumn({ name: 'api_key_id', type: 'text' })
  apiKeyId!: string;

  /** Pseudonym. */
  @PrimaryColumn({ name: 'end_user_id', type: 'text' })
  endUserId!: string;

  @PrimaryColumn({ type: 'text' })
  dialect!: string;

  @Column({ type: 'int' })
  requests!: number;

  @Column({ type: 'int' })
  succeeded!: number;

  @Column({ type: 'int' })
  failed!: number;

  @Column({ type: 'int' })
  cancelled!: number;

  @Column(amount)
  held!: bigint;

  @Column(amount)
  captured!: bigint;

  @Column(amount)
  released!: bigint;

  @Column(amount)
  refunded!: bigint;
}

/** Tokens that moved before the request they belong to was seen. */
export interface WaitingTokens {
  readonly day: string;
  readonly what: 'held' | 'captured' | 'released' | 'refunded';
  /** Decimal string. */
  readonly tokens: string;
}

/** Whose a generation is, for as long as it may be refunded: the account names the generation alone. */
@Entity({ schema: 'read_models', name: 'usage_generations' })
export class UsageGenerationRow {
  @PrimaryColumn({ name: 'generation_id', type: 'text' })
  generationId!: string;

  /** Null, as the four below are, until the request was seen. */
  @Column({ name: 'tenant_id', type: 'text', nullable: true })
  tenantId!: string | null;

  @Column({ type: 'text', nullable: true })
  model!: string | null;

  @Column({ name: 'api_key_id', type: 'text', nullable: true })
  apiKeyId!: string | null;

  @Column({ name: 'end_user_id', type: 'text', nullable: true })
  endUserId!: string | null;

  @Column({ type: 'text', nullable: true })
  dialect!: string | null;

  @Column({ type: 'json' })
  waiting!: readonly WaitingTokens[];
}
