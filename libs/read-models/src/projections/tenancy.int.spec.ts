import type { RecordedEvent } from '@imprest/event-catalogue';
import { exampleEvent, exampleIds } from '@imprest/testkit/domain';
import {
  createProjectionDatabase,
  type ProjectionDatabase,
  RecordedLog,
} from '@imprest/testkit/projections';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { migrations } from '../migrations/index.js';
import { tenancyProjector } from './index.js';

const issued = exampleEvent('ApiKeyIssued');
const rotated = exampleEvent('ApiKeyRotated');

describe('tenancy', () => {
  let database: ProjectionDatabase;
  let log: RecordedLog;
  const project = (events: readonly RecordedEvent[] = log.events, batchSize?: number) =>
    database.project(tenancyProjector, events, batchSize);
  const keys = () =>
    database.sql.query<Record<string, unknown>>('select * from read_models.api_keys order by id');

  beforeAll(async () => {
    database = await createProjectionDatabase(migrations);
  });
  afterAll(() => database.drop());
  beforeEach(async () => {
    log = new RecordedLog();
    await database.sql.query(
      `truncate ${tenancyProjector.tables.map(({ name }) => name).join(', ')}`,
    );
  });

  test('a tenant has a name; a new webhook secret is not shown', async () => {
    log.record('ten_1', exampleEvent('TenantCreated'), exampleEvent('WebhookSecretRotated'));
    await project();
    expect(await database.sql.query('select * from read_models.tenants')).toEqual([
      {
        id: 'ten_1',
        name: 'Atlas Travel Guides',
        created_at: new Date('2026-01-15T09:00:01.000Z'),
        revision: 1,
      },
    ]);
  });

  test('a key is listed by its prefix, and its hash is nowhere', async () => {
    log.record('key_1', issued);
    await project();
    const [row] = await keys();
    expect(row).toEqual({
      id: 'key_1',
      tenant_id: exampleIds.tenantId,
      name: 'production',
      prefix: 'imp_4f9c',
      scopes: ['generations:write', 'generations:read', 'balance:read'],
      models: ['xSD4.5', 'xSD4.5-draft'],
      expires_at: new Date('2027-01-15T00:00:00.000Z'),
      requests_per_minute: 500,
      created_at: new Date('2026-01-15T09:00:01.000Z'),
      rotated_to: null,
      valid_until: new Date('2027-01-15T00:00:00.000Z'),
      revoked_at: null,
      revoked_reason: null,
      revision: 0,
    });
    expect(JSON.stringify(row)).not.toContain(issued.data.hash);
  });

  test.each([1, 100])('in batches of %i, a key that was rotated and revoked says so', async (n) => {
    log.record('key_1', issued, rotated, exampleEvent('ApiKeyRevoked'));
    await project(log.events, n);
    await project(log.events, n);
    expect(await keys()).toMatchObject([
      {
        rotated_to: rotated.data.successorId,
        valid_until: new Date(rotated.data.validUntil),
        expires_at: new Date('2027-01-15T00:00:00.000Z'),
        revoked_at: new Date('2026-01-15T09:00:03.000Z'),
        revoked_reason: 'leaked in a public repository',
        revision: 2,
      },
    ]);
  });

  test('an overlap does not lengthen the life of a key that expires before its end', async () => {
    const expiresAt = '2026-01-15T12:00:00.000Z';
    log.record('key_1', { ...issued, data: { ...issued.data, expiresAt } }, rotated);
    await project();
    expect(await keys()).toMatchObject([{ valid_until: new Date(expiresAt) }]);
  });
});
