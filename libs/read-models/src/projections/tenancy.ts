import type { ApiKeyEvent, TenantEvent } from '@imprest/domain';
import {
  type RecordedEvent,
  streamCategory,
  streamId,
  toDomainEvent,
} from '@imprest/event-catalogue';
import { ApiKeyRow, TenantRow } from '../entities/index.js';
import { happenedAt, isNext } from './stream-order.js';
import { tableProjector } from './table-projector.js';

type Rows<Row> = Map<string, Row>;

function applyToTenants(rows: Rows<TenantRow>, recorded: RecordedEvent): void {
  const id = streamId(recorded.stream);
  const known = rows.get(id);
  if (!isNext(recorded, known?.revision ?? -1)) return;
  const event = toDomainEvent(recorded) as TenantEvent;
  const { revision } = recorded;
  if (event.type === 'TenantCreated') {
    rows.set(id, { id, name: event.data.name, createdAt: happenedAt(recorded), revision });
  } else if (known !== undefined) {
    rows.set(id, { ...known, revision });
  }
}

function issued(recorded: RecordedEvent, event: Extract<ApiKeyEvent, { type: 'ApiKeyIssued' }>) {
  const { tenantId, name, prefix, scopes, models, expiresAt, requestsPerMinute } = event.data;
  const end = expiresAt === null ? null : new Date(expiresAt);
  return {
    id: streamId(recorded.stream),
    ...{ tenantId, name, prefix, requestsPerMinute },
    scopes: [...scopes],
    models: models && [...models],
    expiresAt: end,
    createdAt: happenedAt(recorded),
    rotatedTo: null,
    validUntil: end,
    revokedAt: null,
    revokedReason: null,
    revision: recorded.revision,
  };
}

function applyToApiKeys(rows: Rows<ApiKeyRow>, recorded: RecordedEvent): void {
  const id = streamId(recorded.stream);
  const known = rows.get(id);
  if (!isNext(recorded, known?.revision ?? -1)) return;
  const event = toDomainEvent(recorded) as ApiKeyEvent;
  if (event.type === 'ApiKeyIssued') {
    rows.set(id, issued(recorded, event));
    return;
  }
  const row = known as ApiKeyRow;
  row.revision = recorded.revision;
  if (event.type === 'ApiKeyRotated') {
    const validUntil = new Date(event.data.validUntil);
    row.rotatedTo = event.data.successorId;
    if (row.validUntil === null || validUntil < row.validUntil) row.validUntil = validUntil;
  } else {
    row.revokedAt = happenedAt(recorded);
    row.revokedReason = event.data.reason;
  }
}

/** Tenants and their API keys. A key's hash is not written: authentication reads the key's stream. */
export const tenancyProjector = tableProjector({
  name: 'tenancy',
  categories: ['tenant', 'apiKey'],
  minimumIntervalMs: 20,
  rows: { tenants: TenantRow, apiKeys: ApiKeyRow },
  async project(events, sql, { tenants, apiKeys }) {
    const ofTenants = events.filter(({ stream }) => streamCategory(stream) === 'tenant');
    const ofKeys = events.filter(({ stream }) => streamCategory(stream) === 'apiKey');
    const tenantRows = byId(await tenants.load(sql, idsOf(ofTenants)));
    for (const event of ofTenants) applyToTenants(tenantRows, event);
    await tenants.upsert(sql, [...tenantRows.values()]);
    const keyRows = byId(await apiKeys.load(sql, idsOf(ofKeys)));
    for (const event of ofKeys) applyToApiKeys(keyRows, event);
    await apiKeys.upsert(sql, [...keyRows.values()]);
  },
});

function idsOf(events: readonly RecordedEvent[]): { id: string }[] {
  return [...new Set(events.map(({ stream }) => streamId(stream)))].map((id) => ({ id }));
}

function byId<Row extends { id: string }>(rows: readonly Row[]): Rows<Row> {
  return new Map(rows.map((row) => [row.id, row]));
}
