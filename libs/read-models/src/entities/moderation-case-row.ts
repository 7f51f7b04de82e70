import type { CaseView } from '@imprest/application';
import type { CaseGrounds, CaseKind } from '@imprest/domain';
import { Column, Entity, PrimaryColumn } from 'typeorm';

/** One moderation case as lists need it. The columns beside `view` are there to be filtered and sorted by. */
@Entity({ schema: 'read_models', name: 'moderation_cases' })
export class ModerationCaseRow {
  @PrimaryColumn({ type: 'text' })
  id!: string;

  @Column({ type: 'text' })
  state!: CaseView['state'];

  @Column({ type: 'text' })
  kind!: CaseKind;

  @Column({ type: 'text' })
  grounds!: CaseGrounds;

  @Column({ type: 'text', nullable: true })
  category!: string | null;

  @Column({ name: 'tenant_id', type: 'text' })
  tenantId!: string;

  @Column({ type: 'text', nullable: true })
  decision!: CaseView['decision'];

  @Column({ name: 'opened_at', type: 'timestamptz' })
  openedAt!: Date;

  @Column({ name: 'due_at', type: 'timestamptz' })
  dueAt!: Date;

  @Column({ type: 'json' })
  view!: CaseView;

  /** Of the last event folded in. */
  @Column({ type: 'int' })
  revision!: number;
}
