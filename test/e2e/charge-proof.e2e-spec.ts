import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sealPublicKey, verifyChargeProof } from '@imprest/ledger-seal';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ApiClient } from '../support/api-client.js';
import { CliProgram } from '../support/cli-program.js';
import { ImprestProgram } from '../support/imprest-program.js';
import { LocalHttpServer } from '../support/local-http-server.js';
import { createTenant, type TestTenant } from '../support/tenants.js';

const ask = { endUserEmail: 'ada@example.com', prompt: 'A paper boat', size: '1900x1900' };

describe('a charge of the running program', () => {
  let program: ImprestProgram;
  let receiver: LocalHttpServer;
  let tenant: TestTenant;
  let folder: string;
  let path: string;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'charge-proof-'));
    receiver = await LocalHttpServer.start();
    program = await ImprestProgram.create();
    await program.start();
    tenant = await createTenant(program.url, program.adminKey, 1_000);
    const webhookUrl = `${receiver.url}/hook`;
    const asked = await tenant.client.post('/v1/generations', { ...ask, webhookUrl });
    path = `/v1/generations/${asked.body.requestId}/proof`;
    await tenant.client.outcome(asked.body.requestId);
    await eventually(async () => {
      const { charge } = (await tenant.client.get(path)).body;
      return charge.hold === 'settled' && charge.deliveries.length > 0;
    });
  });
  afterAll(async () => {
    await program?.dispose();
    await receiver?.stop();
    await rm(folder, { recursive: true });
  });

  const imprest = (...args: readonly string[]) =>
    new CliProgram({ IMPREST_DATA_DIR: program.dataDirectory }, args).ended;

  it('is proved before any seal, by its chain', async () => {
    const { status, body } = await tenant.client.get(path);
    expect(status).toBe(200);
    const { charge, findings, sealed } = verifyChargeProof(body);
    expect([findings, sealed]).toEqual([[], 0]);
    expect(charge).toMatchObject({ outcome: 'succeeded', hold: 'settled', charged: '10' });
    expect(body.chainHead).toMatchObject({ tenantId: tenant.id });
  });

  it('is proved by a seal and a key that anybody gets', async () => {
    expect((await imprest('ledger', 'seal')).code).toBe(0);
    const { body: published } = await new ApiClient(program.url, '').get('/ledger/seal-keys');
    expect(published.lastSeal).toMatchObject({ number: 1 });
    const trusted = sealPublicKey(published.keys[0].publicKey);
    const { body } = await tenant.client.get(path);
    const verified = verifyChargeProof(body, { trusted });
    expect(verified.findings).toEqual([]);
    expect([verified.sealed, verified.vouched]).toEqual([verified.records, verified.records]);

    const file = join(folder, 'proof.json');
    await writeFile(file, JSON.stringify(body));
    const arguments_ = ['--bundle', file, '--public-key', published.keys[0].publicKey];
    const checked = await imprest('ledger', 'verify', ...arguments_);
    expect([checked.code, checked.out]).toEqual([0, expect.stringContaining('Intact.')]);
  });

  it('is no business of another tenant', async () => {
    const { client } = await createTenant(program.url, program.adminKey, 1);
    expect((await client.get(path)).status).toBe(404);
  });

  it('leaves a ledger that is intact, beside the program that goes on', async () => {
    const { code, out } = await imprest('ledger', 'verify');
    expect([code, out]).toEqual([0, expect.stringMatching(/^Intact\. .*\n1 seals up to/)]);
    const replay = await imprest('ledger', 'replay', '--compare');
    expect([replay.code, replay.out]).toEqual([0, expect.stringContaining('says the same')]);
  });
});

async function eventually(look: () => Promise<boolean>): Promise<void> {
  const deadline = Date.now() + 20_000;
  while (!(await look())) {
    if (Date.now() > deadline) throw new Error('it did not happen in time');
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}
