import type { ApiKeyScope } from '@imprest/domain';
import { Column, Entity, PrimaryColumn } from 'typeorm';
import { amount } from './amount.js';

@Entity({ schema: 'read_models', name: 'tenants' })
export class TenantRow {
  @PrimaryColumn({ type: 'text' })
  id!: string;

  @Column({ type: 'text' })
  name!: string;

  @Column({ name: 'created_at', type: 'timestamptz' })
  createdAt!: Date;

  @Column({ type: 'int' })
  revision!: number;
}

/** An API key without its hash: who may read this table can make no guess at a key. */
@Entity({ schema: 'read_models', name: 'api_keys' })
export class ApiKeyRow {
  @PrimaryColumn({ type: 'text' })
  id!: string;

  @Column({ name: 'tenant_id', type: 'text' })
  tenantId!: string;

  @Column({ type: 'text' })
  name!: string;

  @Column({ type: 'text' })
  prefix!: string;

  @Column({ type: 'text', array: true })
  scopes!: ApiKeyScope[];

  /** Aliases of the models that it may use; null for all. */
  @Column({ type: 'text', array: true, nullable: true })
  models!: string[] | null;

  @Column({ name: 'expires_at', type: 'timestamptz', nullable: true })
  expiresAt!: Date | null;

  @Column({ name: 'requests_per_minute', type: 'int' })
  requestsPerMinute!: number;

  @Column({ name: 'created_at', type: 'timestamptz' })
  createdAt!: Date;

  /** Id of the successor. */
  @Column({ name: 'rotated_to', type: 'text', nullable: true })
  rotatedTo!: string | null;

  /** The earlier of its expiry and the end of its overlap with the successor. */
  @Column({ name: 'valid_until', type: 'timestamptz', nullable: true })
  validUntil!: Date | null;

  @Column({ name: 'revoked_at', type: 'timestamptz', nullable: true })
  revokedAt!: Date | null;

  @Column({ name: 'revoked_reason', type: 'text', nullable: true })
  revokedReason!: string | null;

  @Column({ type: 'int' })
  revision!: number;
}

/** Not made from events: see ApiKeyUsage. */
@Entity({ schema: 'read_models', name: 'api_key_usage' })
export class ApiKeyUsageRow {
  @PrimaryColumn({ type: 'text' })
  id!: string;

  @Column({ name: 'last_used_at', type: 'timestamptz' })
  lastUsedAt!: Date;

  @Column(amount)
  requests!: bigint;
}
