import { Column, Entity, PrimaryColumn } from 'typeorm';
import { amount } from './amount.js';

/** One end user of a tenant: who was seen, what was asked for, what it cost. */
@Entity({ schema: 'read_models', name: 'end_users' })
export class EndUserRow {
  /** Pseudonym; made from tenant and e-mail, so it is unique across tenants. */
  @PrimaryColumn({ type: 'text' })
  id!: string;

  @Column({ name: 'tenant_id', type: 'text' })
  tenantId!: string;

  /** The sealed e-mail; null before the registration was seen and after an erasure. */
  @Column({ type: 'text', nullable: true })
  confidential!: string | null;

  @Column({ name: 'data_key_id', type: 'text', nullable: true })
  dataKeyId!: string | null;

  @Column({ type: 'int' })
  generations!: number;

  @Column({ type: 'int' })
  succeeded!: number;

  @Column({ type: 'int' })
  failed!: number;

  @Column({ type: 'int' })
  cancelled!: number;

  @Column({ name: 'tokens_charged', ...amount })
  tokensCharged!: bigint;

  /** Prompts that moderation refused. */
  @Column({ name: 'refused_prompts', type: 'int' })
  refusedPrompts!: number;

  @Column({ name: 'first_seen', type: 'timestamptz' })
  firstSeen!: Date;

  @Column({ name: 'last_seen', type: 'timestamptz' })
  lastSeen!: Date;

  @Column({ type: 'text' })
  state!: 'active' | 'blocked';

  @Column({ name: 'blocked_reason', type: 'text', nullable: true })
  blockedReason!: string | null;

  @Column({ type: 'boolean' })
  erased!: boolean;

  /** Of the last event of the end user's own stream; -1 while only generations were seen. */
  @Column({ type: 'int' })
  revision!: number;
}
