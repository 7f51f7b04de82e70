import { Column, Entity, PrimaryColumn } from 'typeorm';

@Entity({ schema: 'read_models', name: 'tenant_events' })
export class TenantEventRow {
  @PrimaryColumn({ name: 'event_id', type: 'text' })
  eventId!: string;

  /** In the order in which events are told: a bigint, of which each is given once. */
  @Column({ type: 'bigint' })
  seq!: bigint;

  @Column({ name: 'tenant_id', type: 'text' })
  tenantId!: string;

  @Column({ type: 'text' })
  type!: string;

  /** Of the generation or the endpoint, or the number of the crossing. */
  @Column({ name: 'subject_id', type: 'text' })
  subjectId!: string;

  @Column({ name: 'occurred_at', type: 'timestamptz' })
  occurredAt!: Date;
}

/** Whose generation it is, for as long as it runs: its later events do not say. */
@Entity({ schema: 'read_models', name: 'tenant_event_generations' })
export class TenantEventGenerationRow {
  @PrimaryColumn({ name: 'generation_id', type: 'text' })
  generationId!: string;

  @Column({ name: 'tenant_id', type: 'text' })
  tenantId!: string;
}
