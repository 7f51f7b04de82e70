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

  @Column({ name: 'event_id', type: 'uuid' })
  eventId!: string;

  @Column({ type: 'text' })
  type!: string;

  @Column({ name: 'generation_id', type: 'text', nullable: true })
  generationId!: string | null;

  @Column({ name: 'happened_at', type: 'timestamptz' })
  happenedAt!: Date;

  @Column({ name: 'known_at', type: 'timestamptz' })
  knownAt!: Date;

  /** Accounts posted to, one a line; the four below are as long. */
  @Column({ type: 'text', array: true })
  accounts!: readonly string[];

  /** Lot whose tokens moved. */
  @Column({ type: 'text', array: true })
  lots!: readonly string[];

  /** A debit is positive, a credit negative; their sum is 0. */
  @Column(amounts)
  tokens!: readonly bigint[];

  /** Worth of the tokens, 0 where nobody paid; the sum of each currency is 0. */
  @Column({ name: 'minor_units', ...amounts })
  minorUnits!: readonly bigint[];

  /** Empty where nobody paid. */
  @Column({ type: 'text', array: true })
  currencies!: readonly string[];

  /** Tokens the tenant can spend after this entry. */
  @Column(amount)
  available!: bigint;

  /** Tokens held for open generations after this entry. */
  @Column(amount)
  held!: bigint;

  /** The account's hash chain up to and with this entry (see @imprest/ledger-seal). */
  @Column({ type: 'bytea' })
  leaf!: Buffer;
}

@Entity({ schema: 'ledger', name: 'balances' })
export class LedgerBalanceRow {
  @PrimaryColumn({ name: 'tenant_id', type: 'text' })
  tenantId!: string;

  @PrimaryColumn({ type: 'text' })
  account!: string;

  /** Empty for tokens that nobody paid for. */
  @PrimaryColumn({ type: 'text' })
  currency!: string;

  @Column(amount)
  tokens!: bigint;

  @Column({ name: 'minor_units', ...amount })
  minorUnits!: bigint;
}

@Entity({ schema: 'ledger', name: 'lots' })
export class LedgerLotRow {
  @PrimaryColumn({ name: 'tenant_id', type: 'text' })
  tenantId!: string;

  @PrimaryColumn({ name: 'lot_id', type: 'text' })
  lotId!: string;

  @Column({ type: 'text' })
  kind!: LotKind;

  /** What the lot came in with: always the sum of the seven columns below, refunded subtracted. */
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

  /** Given up for money that went back to the payer. */
  @Column(amount)
  repaid!: bigint;

  /** Paid for the whole lot, null for a grant. */
  @Column({ name: 'paid_minor_units', ...amount, nullable: true })
  paidMinorUnits!: bigint | null;

  @Column({ type: 'text', nullable: true })
  currency!: string | null;

  /** What it would have cost without a discount; null when there was none. */
  @Column({ name: 'list_minor_units', ...amount, nullable: true })
  listMinorUnits!: bigint | null;

  @Column({ name: 'discount_tier', type: 'text', nullable: true })
  discountTier!: string | null;

  /** Who took the payment; null for a grant, and when nobody said. */
  @Column({ type: 'text', nullable: true })
  provider!: string | null;

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

  /** Leaf of the last entry. */
  @Column({ type: 'bytea' })
  head!: Buffer;
}
