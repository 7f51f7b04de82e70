import type { FailureClass } from '@imprest/domain';
import { Column, Entity, PrimaryColumn } from 'typeorm';

/** Work that has failed for good. */
@Entity({ schema: 'read_models', name: 'dead_letters' })
export class DeadLetterRow {
  /** Of the generation, and of its job. */
  @PrimaryColumn({ type: 'text' })
  id!: string;

  @Column({ name: 'failure_class', type: 'text' })
  failureClass!: FailureClass;

  /** For operators. */
  @Column({ type: 'text' })
  message!: string;

  @Column({ type: 'int' })
  attempts!: number;

  @Column({ name: 'dead_lettered_at', type: 'timestamptz' })
  deadLetteredAt!: Date;

  /** The request that it is done for once more. */
  @Column({ name: 'redriven_as', type: 'text', nullable: true })
  redrivenAs!: string | null;
}
