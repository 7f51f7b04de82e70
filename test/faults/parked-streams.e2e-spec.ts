import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type EmbeddedPostgres, startEmbeddedPostgres } from '@imprest/postgres-embedded';
import { Client } from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ApiClient } from '../support/api-client.js';
import { ImprestProgram } from '../support/imprest-program.js';
import { createTenant, type TestTenant } from '../support/tenants.js';

const ask = { endUserEmail: 'ada@example.com', prompt: 'Dunes at noon', size: '1900x1900' };
const PATIENCE = { timeout: 30_000, interval: 200 };

describe('an event that a projector fails at', () => {
  let directory: string;
  let server: EmbeddedPostgres;
  let program: ImprestProgram;
  let admin: ApiClient;
  let sql: Client;
  let [unlucky, other]: TestTenant[] = [];

  beforeAll(async () => {
    directory = await mkdtemp(join(tmpdir(), 'imprest-parked-'));
    server = await startEmbeddedPostgres({ dataDirectory: join(directory, 'postgres') });
    program = await ImprestProgram.create({ DATABASE_URL: server.connectionString });
    await program.start();
    admin = new ApiClient(program.url, program.adminKey);
    unlucky = await createTenant(program.url, program.adminKey, 1_000);
    other = await createTenant(program.url, program.adminKey, 1_000);
    sql = new Client({ connectionString: server.connectionString });
    await sql.connect();
  });
  afterAll(async () => {
    await sql?.end();
    await program?.dispose();
    await server?.stop();
    await rm(directory, { recursive: true, force: true });
  });

  const parked = async () => (await admin.get('/admin/v1/parked')).body.parked;
  const listed = async ({ client }: TestTenant) =>
    (await client.get('/v1/generations')).body.generations?.length ?? 0;
  const made = async (tenant: TestTenant) => {
    const { body } = await tenant.client.post('/v1/generations', ask);
    await tenant.client.outcome(body.requestId);
    return body.requestId as string;
  };

  it('holds up its stream and nothing else, until an operator has it retried', async () => {
    const refused = `check (tenant_id <> '${unlucky!.id}')`;
    await sql.query(`alter table read_models.generations add constraint refused ${refused}`);
    const id = await made(unlucky!);
    await expect.poll(async () => (await parked()).length, PATIENCE).toBe(1);
    const [waiting] = await parked();
    expect(waiting).toMatchObject({
      ...{ consumer: 'generations', kind: 'projector', stream: `generation-${id}`, revision: 0 },
      ...{ eventType: 'GenerationRequested', request: null },
    });
    expect(waiting.reason).toContain('"refused"');

    await made(other!);
    await expect.poll(() => listed(other!), PATIENCE).toBe(1);
    expect(await listed(unlucky!)).toBe(0);
    expect((await admin.get('/readyz')).status).toBe(200);
    const degraded = { status: 'degraded', parkedStreams: { generations: 1 } };
    await expect.poll(async () => (await admin.get('/healthz')).body, PATIENCE).toEqual(degraded);
    const { body: metrics } = await admin.get('/metrics');
    expect(metrics).toContain('imprest_parked_streams{consumer="generations"} 1');

    const decision = { reason: 'mended in the release of today' };
    const skipped = await admin.post(`/admin/v1/parked/${waiting.id}/skip`, decision);
    expect(skipped.status).toBe(409);
    await sql.query('alter table read_models.generations drop constraint refused');
    const retried = await admin.post(`/admin/v1/parked/${waiting.id}/retry`, decision);
    expect(retried).toMatchObject({ status: 202, body: { request: { action: 'retry' } } });
    await expect.poll(parked, PATIENCE).toEqual([]);
    expect(await listed(unlucky!)).toBe(1);
    await expect
      .poll(async () => (await admin.get('/healthz')).body, PATIENCE)
      .toEqual({ status: 'ok' });
  });
});
