import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sniffImage } from '@imprest/provenance-marking';
import { Imprest, InsufficientBalanceError } from '@imprest/sdk';
import {
  type ReceivedMessage,
  readWebhook,
  verifyXavira,
  verifyXmode,
  WebhookVerificationError,
} from '@imprest/sdk/webhooks';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { exampleProgram, isThere, runProgram } from '../support/example-programs.js';
import { ImprestProgram } from '../support/imprest-program.js';
import { LocalHttpServer } from '../support/local-http-server.js';
import { createTenant, type TestTenant } from '../support/tenants.js';

const png = (width: number, height: number) => ({ mediaType: 'image/png', width, height });

/** What each dialect's programs leave behind, whatever they are written in. */
const outcomes = {
  xmode: { picture: 'lighthouse.png', ...png(1900, 1900), cost: /cost 10, refunded 0/, tokens: 10 },
  xenodia: {
    picture: 'boat.png',
    ...png(1024, 1024),
    cost: /tokens": ?10,.*refunded": ?0/,
    tokens: 10,
  },
  uncensored: {
    picture: 'sunrise.png',
    ...png(1024, 768),
    cost: /tokens": ?5,.*refunded": ?0/,
    tokens: 5,
  },
  xavira: {
    picture: 'portrait.jpg',
    mediaType: 'image/jpeg',
    width: 896,
    height: 1152,
    cost: /cost 1 credits/,
    tokens: 10,
  },
};

const root = new URL('../../', import.meta.url);
const programs = Object.entries(outcomes).flatMap(([dialect, outcome]) =>
  readdirSync(new URL(`examples/${dialect}`, root)).map((file) => ({
    ...exampleProgram(`${dialect}/${file}`),
    ...outcome,
  })),
);
const runnable = programs.filter(({ needs }) => isThere(needs));
for (const { file, needs } of programs) {
  if (!isThere(needs)) console.warn(`examples/${file} is left out: there is no ${needs[0]}.`);
}
const requests = isThere(['python3', '-c', 'import requests']);
if (!requests) console.warn('docs/python.md is left out: there is no Python with requests.');

describe('programs of others', () => {
  const folder = mkdtempSync(join(tmpdir(), 'imprest-examples-'));
  let program: ImprestProgram;

  beforeAll(async () => {
    program = await ImprestProgram.create({ WORKER_SLOTS: '2' });
    await program.start();
  });

  afterAll(async () => {
    await program?.dispose();
    rmSync(folder, { recursive: true, force: true });
  });

  const tenantWith = (tokens: number) => createTenant(program.url, program.adminKey, tokens);

  const run = (command: readonly string[], { key }: TestTenant) =>
    runProgram(command, folder, {
      IMPREST_BASE_URL: program.url,
      IMPREST_API_KEY: key,
      POLL_SECONDS: '0.2',
    });

  async function spent({ client }: TestTenant, granted: number): Promise<number> {
    for (;;) {
      const { body } = await client.get('/v1/balance');
      if (body.held === 0) return granted - body.available;
    }
  }

  it.each(runnable)('examples/$file saves its picture and pays once', async (example) => {
    const { command, picture, mediaType, width, height, cost, tokens } = example;
    const tenant = await tenantWith(100);
    const printed = await run(command, tenant);
    expect(printed).toContain(`saved ${picture}`);
    expect(printed).toMatch(cost);
    expect(printed).toMatch(/repeated: the same \w+/);
    expect(await spent(tenant, 100)).toBe(tokens);
    const saved = sniffImage(readFileSync(join(folder, picture)));
    expect(saved).toEqual({ mediaType, width, height });
    rmSync(join(folder, picture));
  });

  it.runIf(requests)('the program of docs/python.md does what it says', async () => {
    const guide = readFileSync(new URL('docs/python.md', root), 'utf8');
    const blocks = [...guide.matchAll(/```python\n([\s\S]*?)```/g)].map(([, code]) => code);
    writeFileSync(join(folder, 'guide.py'), blocks.join('\n'));
    const tenant = await tenantWith(100);
    const printed = await run(['python3', 'guide.py'], tenant);
    expect(printed).toContain('saved lighthouse.png\ncost 10, refunded 0\n');
    expect(printed).toContain('15 pictures cost 150, 90 are left\n');
    expect(printed).toContain('insufficient_balance not charged\n');
    expect(await spent(tenant, 100)).toBe(10);
  });

  describe('the SDK', () => {
    const request = {
      endUserEmail: 'ada@example.com',
      prompt: 'A paper boat on a pond',
      size: '1900x1900',
    };
    let tenant: TestTenant;
    let imprest: Imprest;

    beforeAll(async () => {
      tenant = await tenantWith(35);
      imprest = new Imprest({ baseUrl: program.url, apiKey: tenant.key });
    });

    it('hears of the work, has its end signed, and finds it in the lists', async () => {
      const receiver = await LocalHttpServer.start();
      const told: string[] = [];
      const asked = { ...request, webhookUrl: `${receiver.url}/hook` };
      const record = await imprest.generations.run(asked, {
        onEvent: ({ type }) => told.push(type),
      });
      expect(record).toMatchObject({ status: 'succeeded', cost: { xTokens: 10, refunded: 0 } });
      expect([told[0], told.at(-1)]).toEqual(['queued', 'ended']);
      expect(told).toContain('image');

      const { headers, body: rawBody } = await receiver.next(() => true);
      await receiver.stop();
      const received = { headers, rawBody };
      verifyXmode(received, tenant.webhookSecret);
      const message: ReceivedMessage = readWebhook(received, tenant.webhookSecret);
      expect(message).toEqual({ id: headers['webhook-id'], type: 'generation.ended', record });

      const listed: string[] = [];
      for await (const { requestId } of imprest.generations.list({ limit: 1 })) {
        listed.push(requestId);
      }
      expect(listed).toContain(record.requestId);
    });

    it('knows a webhook of the xavira dialect by its signature', async () => {
      const receiver = await LocalHttpServer.start();
      const customer = await tenantWith(100);
      const registered = await customer.client.post('/v1/webhooks', {
        url: `${receiver.url}/hook`,
      });
      await run(exampleProgram('xavira/typescript.ts').command, customer);
      const { headers, body: rawBody } = await receiver.next(() => true);
      await receiver.stop();
      verifyXavira({ headers, rawBody }, registered.body.secret);
      const forged = { headers, rawBody: `${rawBody} ` };
      expect(() => verifyXavira(forged, registered.body.secret)).toThrow(WebhookVerificationError);
    });

    it('uploads a reference, asks for the price, does again, and deletes', async () => {
      const [latest] = (await imprest.generations.list({ status: 'succeeded' }).page()).items;
      const image = latest?.images?.[0];
      if (latest === undefined || !image || !('url' in image)) throw new Error('no picture');
      const reference = await imprest.references.upload(await (await fetch(image.url)).blob());
      expect(reference).toMatchObject({ width: 1900, height: 1900 });
      const overrides = { references: reference.id, webhookUrl: null };
      const price = await imprest.generations.estimate({ ...request, ...overrides });
      expect(price.xTokens).toBe(10);
      const { requestId } = await imprest.generations.rerun(latest.requestId, overrides);
      const again = await imprest.generations.wait(requestId, { by: 'poll', pollEveryMs: 100 });
      expect(again).toMatchObject({ status: 'succeeded', referencesCount: 1 });
      await imprest.generations.delete(requestId);
      await expect(imprest.generations.get(requestId)).rejects.toMatchObject({ status: 404 });
    });

    it('says what is missing, and whose requests are refused', async () => {
      const dear = imprest.generations.create({ ...request, n: 5 });
      await expect(dear).rejects.toBeInstanceOf(InsufficientBalanceError);
      await expect(dear).rejects.toMatchObject({ balance: 15, required: 50, charged: false });
      await imprest.endUsers.block('ada@example.com', { reason: 'trial' });
      const blocked = imprest.generations.create(request);
      await expect(blocked).rejects.toMatchObject({ code: 'forbidden', status: 403 });
      expect(await imprest.endUsers.unblock('ada@example.com')).toMatchObject({ state: 'active' });
      const usage = imprest.account.usage({ groupBy: 'endUser' });
      const spender = async () => (await usage.page()).items[0]?.endUserEmail;
      await expect.poll(spender, { timeout: 20_000 }).toBe('ada@example.com');
      expect(await imprest.account.balance()).toMatchObject({ available: 15, frozen: false });
    });
  });
});
