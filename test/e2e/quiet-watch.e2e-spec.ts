import { afterAll, beforeAll, expect, it } from 'vitest';
import { ApiClient } from '../support/api-client.js';
import { ImprestProgram } from '../support/imprest-program.js';
import { createTenant } from '../support/tenants.js';

const LOAD_MS = 12_000;
const LANES = 6;
const ask = { endUserEmail: 'ada@example.com', prompt: 'A paper boat', size: '1900x1900' };

let program: ImprestProgram;
beforeAll(async () => {
  program = await ImprestProgram.create({ WORKER_SLOTS: '2' });
  await program.start();
});
afterAll(() => program.dispose());

it('the watch over the books has nothing to say while requests come, are cancelled and are made', async () => {
  const admin = new ApiClient(program.url, program.adminKey);
  const tenants = await Promise.all(
    [1, 2, 3].map(() => createTenant(program.url, program.adminKey, 1_000_000)),
  );
  const end = Date.now() + LOAD_MS;
  let asked = 0;
  const lane = async (number: number) => {
    const { client } = tenants[number % tenants.length]!;
    while (Date.now() < end) {
      const { body } = await client.post('/v1/generations', ask);
      asked += 1;
      if (asked % 3 === 0) await client.post(`/v1/generations/${body.requestId}/cancel`);
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  };
  const broken = new Set<string>();
  const watch = async () => {
    while (Date.now() < end + 3_000) {
      const { body } = await admin.get('/metrics');
      for (const line of String(body).split('\n')) {
        if (/^imprest_invariant_violations\{.*\} [1-9]/.test(line)) broken.add(line);
      }
      await new Promise((resolve) => setTimeout(resolve, 250));
    }
  };
  await Promise.all([...Array.from({ length: LANES }, (_, number) => lane(number)), watch()]);
  expect(asked).toBeGreaterThan(LANES);
  expect([...broken]).toEqual([]);
  const { body } = await admin.get('/admin/v1/ledger/findings');
  expect(body).toEqual({ findings: [], nextCursor: null });
  expect((await admin.get('/healthz')).body).toEqual({ status: 'ok' });
});
