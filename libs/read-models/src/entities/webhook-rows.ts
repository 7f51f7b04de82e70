import type { WebhookAttemptOutcome, WebhookMessageStatus } from '@imprest/domain';
import { Column, Entity, PrimaryColumn } from 'typeorm';

/** What a message tells of. */
export type WebhookEventType =
  | 'generation.ended'
  | 'account.low_balance'
  | 'endpoint.disabled'
  | 'webhook.test';

@Entity({ schema: 'read_models', name: 'webhook_messages' })
export class WebhookMessageRow {
  @PrimaryColumn({ type: 'text' })
  id!: string;

  @Column({ name: 'tenant_id', type: 'text' })
  tenantId!: string;

  @Column({ name: 'event_type', type: 'text' })
  eventType!: WebhookEventType;

  /** Null when it is about no generation. */
  @Column({ name: 'generation_id', type: 'text', nullable: true })
  generationId!: string | null;

  /** Null for a URL that came with its subject. */
  @Column({ name: 'endpoint_id', type: 'text', nullable: true })
  endpointId!: string | null;

  @Column({ type: 'text' })
  status!: WebhookMessageStatus;

  @Column({ type: 'int' })
  attempts!: number;

  @Column({ name: 'created_at', type: 'timestamptz' })
  createdAt!: Date;

  @Column({ name: 'updated_at', type: 'timestamptz' })
  updatedAt!: Date;

  @Column({ type: 'int' })
  revision!: number;
}

@Entity({ schema: 'read_models', name: 'webhook_attempts' })
export class WebhookAttemptRow {
  @PrimaryColumn({ name: 'message_id', type: 'text' })
  messageId!: string;

  /** From 1. */
  @PrimaryColumn({ type: 'int' })
  attempt!: number;

  @Column({ type: 'timestamptz' })
  at!: Date;

  @Column({ type: 'text' })
  outcome!: WebhookAttemptOutcome;

  /** HTTP status, null when there was no answer. */
  @Column({ type: 'int', nullable: true })
  status!: number | null;

  @Column({ type: 'text', nullable: true })
  error!: string | null;

  @Column({ name: 'elapsed_ms', type: 'int' })
  elapsedMs!: number;

  @Column({ name: 'next_attempt_at', type: 'timestamptz', nullable: true })
  nextAttemptAt!: Date | null;
}
