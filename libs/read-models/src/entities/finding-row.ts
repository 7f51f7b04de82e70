import type { FindingSource, FindingSubject } from '@imprest/domain';
import { Column, Entity, PrimaryColumn } from 'typeorm';

/** Something that a check of the books found. */
@Entity({ schema: 'ledger', name: 'findings' })
export class FindingRow {
  @PrimaryColumn({ type: 'text' })
  id!: string;

  /** Of the last event of its stream. */
  @Column({ type: 'int' })
  revision!: number;

  @Column({ name: 'check_name', type: 'text' })
  check!: string;

  @Column({ type: 'text' })
  source!: FindingSource;

  @Column({ type: 'json' })
  subjects!: readonly FindingSubject[];

  @Column({ type: 'text' })
  message!: string;

  /** When it was found, the last time if it came back. */
  @Column({ name: 'opened_at', type: 'timestamptz' })
  openedAt!: Date;

  /** Null while it is open. */
  @Column({ name: 'resolved_at', type: 'timestamptz', nullable: true })
  resolvedAt!: Date | null;
}
