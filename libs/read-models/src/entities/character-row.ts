import type { CharacterView } from '@imprest/application';
import { Column, Entity, PrimaryColumn } from 'typeorm';

/** One character as lists need it. The columns beside `view` are there to be filtered and sorted by. */
@Entity({ schema: 'read_models', name: 'characters' })
export class CharacterRow {
  @PrimaryColumn({ type: 'text' })
  id!: string;

  @Column({ name: 'tenant_id', type: 'text' })
  tenantId!: string;

  @Column({ name: 'created_at', type: 'timestamptz' })
  createdAt!: Date;

  @Column({ type: 'boolean' })
  deleted!: boolean;

  /** Without its confidential part once deleted. */
  @Column({ type: 'json' })
  view!: CharacterView;

  /** Of the last event folded in. */
  @Column({ type: 'int' })
  revision!: number;
}
