import { Column, Entity, PrimaryColumn } from 'typeorm';
import { amount } from './amount.js';

/** One fact of the line of seals: a seal, or a key that signs from then on. */
@Entity({ schema: 'ledger_seal', name: 'line' })
export class LedgerSealRow {
  /** Of the event in the line's stream. */
  @PrimaryColumn({ type: 'int' })
  revision!: number;

  /** Of the event in the store. */
  @Column(amount)
  position!: bigint;

  @Column({ type: 'text' })
  type!: string;

  /** Of the seal; null for a key. */
  @Column({ type: 'int', nullable: true })
  number!: number | null;

  /** Last position that the seal covers; null for a key. */
  @Column({ name: 'up_to', ...amount, nullable: true })
  upTo!: bigint | null;

  @Column({ name: 'known_at', type: 'timestamptz' })
  knownAt!: Date;

  /** Of the whole event: nothing else vouches for it until the next seal covers it. */
  @Column({ type: 'bytea' })
  leaf!: Buffer;

  /** Data of the event. */
  @Column({ type: 'json' })
  data!: object;
}
