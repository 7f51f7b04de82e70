import type { Actor } from '@imprest/event-catalogue';
import { Column, Entity, PrimaryColumn } from 'typeorm';
import { amount } from './amount.js';

/** What an operator or a person who had signed in did. */
@Entity({ schema: 'read_models', name: 'audit_trail' })
export class AuditTrailRow {
  /** Of the event. */
  @PrimaryColumn({ type: 'text' })
  id!: string;

  @Column({ type: 'timestamptz' })
  at!: Date;

  @Column({ name: 'actor_kind', type: 'text' })
  actorKind!: Actor['kind'];

  @Column({ name: 'actor_id', type: 'text' })
  actorId!: string;

  /** Type of the event. */
  @Column({ type: 'text' })
  action!: string;

  @Column({ type: 'text' })
  stream!: string;

  /** Of the stream. */
  @Column({ type: 'text' })
  category!: string;

  /** Ids of what it is about: of the stream, and those that the event names. */
  @Column({ type: 'text', array: true })
  targets!: string[];

  @Column({ type: 'int' })
  revision!: number;

  @Column(amount)
  position!: bigint;

  @Column({ name: 'correlation_id', type: 'text' })
  correlationId!: string;

  /** Null where the event does not say whom it concerns. */
  @Column({ name: 'tenant_id', type: 'text', nullable: true })
  tenantId!: string | null;

  @Column({ type: 'text', nullable: true })
  reason!: string | null;
}

/** Requests that were accepted within one minute: those whose tokens were held. */
@Entity({ schema: 'read_models', name: 'accepted_minutes' })
export class AcceptedMinuteRow {
  /** Start of the minute, as ISO 8601: text has one spelling. */
  @PrimaryColumn({ type: 'text' })
  minute!: string;

  @Column({ type: 'int' })
  accepted!: number;
}
