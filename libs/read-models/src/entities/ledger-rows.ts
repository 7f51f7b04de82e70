import type { LotKind } from '@imprest/domain';
import { Column, Entity, PrimaryColumn } from 'typeorm';
import { amount, amounts } from './amount.js';

/** The journal entry of one event of a token account. */
@Entity({ schema: 'ledger', name: 'entries' })
export class LedgerEntryRow {
  /** Of the event in the store. */
  @PrimaryColumn(amount)
  position!: bigint;

  @Column({ name: 'tenant_id', type: 'text' })
  tenantId!: string;

  /** Of the event in the account's stream: without a gap, so a statement can be seen to be whole. */
  @Column({ type: 'int' })
  revision!: number;

  @Column({ type: 'text' })
  type!: string;

  @Column({ name: 'generation_id', type: 'text', nullable: true })
  generationId!: string | null;

  @Column({ name: 'happened_at', type: 'timestamptz' })
  happenedAt!: Date;

  @Column({ name: 'known_at', type: 'timestamptz' })
  knownAt!: Date;

  /** Accounts posted to; as many as `tokens`. */
  @Column({ type: 'text', array: true })
  accounts!: readonly string[];

  /** A debit is positive, a credit negative; their sum is 0. */
  @Column(amounts)
  tokens!: readonly bigint[];

  /** Tokens the tenant can spend after this entry. */
  @Column(amount)
  available!: bigint;

  /** Tokens held for open generations after this entry. */
  @Column(amount)
  held!: bigint;
}

@Entity({ schema: 'ledger', name: 'balances' })
export class LedgerBalanceRow {
  @PrimaryColumn({ name: 'tenant_id', type: 'text' })
  tenantId!: string;

  @PrimaryColumn({ type: 'text' })
  account!: string;

  @Column(amount)
  tokens!: bigint;
}

@Entity({ schema: 'ledger', name: 'lots' })
export class LedgerLotRow {
  @PrimaryColumn({ name: 'tenant_id', type: 'text' })
  tenantId!: string;

  @PrimaryColumn({ name: 'lot_id', type: 'text' })
  lotId!: string;

  @Column({ type: 'text' })
  kind!: LotKind;

  /** What the lot came in with: always the sum of the six columns below, refunded subtracted. */
  @Column(amount)
  tokens!: bigint;

  @Column(amount)
  available!: bigint;

  @Column(amount)
  held!: bigint;

  @Column(amount)
  captured!: bigint;

  @Column(amount)
  refunded!: bigint;

  @Column(amount)
  expired!: bigint;

  @Column({ name: 'charged_back', ...amount })
  chargedBack!: bigint;

  /** Paid for the whole lot, null for a grant. */
  @Column({ name: 'paid_minor_units', ...amount, nullable: true })
  paidMinorUnits!: bigint | null;

  @Column({ type: 'text', nullable: true })
  currency!: string | null;

  @Column({ name: 'expires_at', type: 'timestamptz', nullable: true })
  expiresAt!: Date | null;

  /** Payment id of a purchase, reason of a grant. */
  @Column({ type: 'text' })
  source!: string;

  @Column({ name: 'received_at', type: 'timestamptz' })
  receivedAt!: Date;
}

/** Where the books of one tenant stand. */
@Entity({ schema: 'ledger', name: 'token_accounts' })
export class LedgerTokenAccountRow {
  @PrimaryColumn({ name: 'tenant_id', type: 'text' })
  tenantId!: string;

  /** Of the last event booked. */
  @Column({ type: 'int' })
  revision!: number;

  @Column(amount)
  available!: bigint;

  @Column(amount)
  held!: bigint;

  /** Why the account is frozen, null when it is not. */
  @Column({ type: 'text', nullable: true })
  frozen!: string | null;
}
