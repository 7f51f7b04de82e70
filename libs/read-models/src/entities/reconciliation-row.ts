import { Column, Entity, PrimaryColumn } from 'typeorm';
import { amount } from './amount.js';

/** A generation whose outcome and whose money have not both come to the same end yet. */
@Entity({ schema: 'read_models', name: 'reconciliation' })
export class ReconciliationRow {
  @PrimaryColumn({ name: 'generation_id', type: 'text' })
  generationId!: string;

  @Column({ name: 'tenant_id', type: 'text', nullable: true })
  tenantId!: string | null;

  @Column({ type: 'boolean' })
  requested!: boolean;

  /** How often it ended; more than once is a fault. */
  @Column({ type: 'int' })
  outcomes!: number;

  /** What the outcome says was charged, null before it. */
  @Column({ ...amount, nullable: true })
  charged!: bigint | null;

  @Column({ ...amount, nullable: true })
  refunded!: bigint | null;

  /** How often tokens were held for it; more than once is a fault. */
  @Column({ type: 'int' })
  holds!: number;

  @Column(amount)
  held!: bigint;

  /** How often its hold was settled or released; more than once is a fault. */
  @Column({ type: 'int' })
  closes!: number;

  /** What the ledger says was captured. */
  @Column(amount)
  captured!: bigint;

  /** When the last of its facts was known. */
  @Column({ name: 'changed_at', type: 'timestamptz' })
  changedAt!: Date;
}
