import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Answer, ApiClient } from '../support/api-client.js';
import { type DialectDriver, dialects, type Refusal } from '../support/dialects/index.js';
import {
  GoldenConversation,
  goldenBytes,
  goldenFiles,
  type Masks,
} from '../support/golden-exchanges.js';
import { ImprestProgram } from '../support/imprest-program.js';
import { refusedPrompt } from '../support/refused-prompt.js';
import { createTenant, type TestTenant } from '../support/tenants.js';

const TOKENS = 1_000;
const prompt = 'A paper boat on a pond';

let program: ImprestProgram;

beforeAll(async () => {
  program = await ImprestProgram.create({
    SIMULATOR_TRIAL_FAULTS: 'true',
    SYNC_WAIT_SECONDS: '2',
    WORKER_SLOTS: '2',
  });
  await program.start();
});

afterAll(() => program?.dispose());

const newKey = () => `key-${randomBytes(6).toString('hex')}`;

describe.each(dialects)('the $name dialect', (dialect: DialectDriver) => {
  let tenant: TestTenant;
  let client: ApiClient;
  let prepared: string;

  beforeAll(async () => {
    tenant = await createTenant(program.url, program.adminKey, TOKENS);
    client = tenant.client;
    prepared = await dialect.prepare(client);
  });

  const balance = async (of = client) => {
    const { body } = await of.get('/v1/balance');
    return { available: body.available as number, held: body.held as number };
  };
  const settled = async () => {
    await expect.poll(async () => (await balance()).held, { timeout: 10_000 }).toBe(0);
    return (await balance()).available;
  };
  const submit = (request: { prompt: string; key?: string }, as = client) =>
    dialect.submit(as, request, prepared);

  async function ended(id: string): Promise<Answer> {
    const deadline = Date.now() + 20_000;
    for (;;) {
      const polled = await dialect.poll(client, id);
      if (dialect.progressOf(polled) !== 'working' || Date.now() > deadline) return polled;
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }

  function expectRefused({ status, body }: Answer, refusal: Refusal): void {
    const { code } = body.error;
    expect({ status, code }).toEqual(dialect.refusals[refusal]);
  }

  it('accepts a request, debits its price, and tells by polling when the picture is there', async () => {
    const before = await settled();
    const accepted = await submit({ prompt });
    expect([200, 201, 202]).toContain(accepted.status);
    expect(accepted.headers.get('x-ratelimit-limit')).toMatch(/^\d+$/);
    const polled = await ended(dialect.idOf(accepted));
    expect(dialect.progressOf(polled)).toBe('succeeded');
    const [url = ''] = dialect.urlsOf(polled);
    expect((await fetch(url)).status).toBe(200);
    expect(await settled()).toBe(before - dialect.price);
  });

  it('tells of cancelled work as ended without success, and gives its tokens back', async () => {
    const before = await settled();
    const accepted = await submit({ prompt: `${prompt} [slow:20000]` });
    const id = dialect.idOf(accepted);
    expect(dialect.progressOf(await dialect.poll(client, id))).toBe('working');
    await client.post(`/v1/generations/${dialect.nativeId(id)}/cancel`);
    expect(dialect.progressOf(await ended(id))).toBe('failed');
    expect(await settled()).toBe(before);
  });

  it('refuses what the account cannot pay', async () => {
    const { client: poor } = await createTenant(program.url, program.adminKey, 0);
    prepared = await dialect.prepare(poor);
    expectRefused(await submit({ prompt }, poor), 'insufficientTokens');
    expect(await balance(poor)).toEqual({ available: 0, held: 0 });
    prepared = await dialect.prepare(client);
  });

  it('does once what is asked for twice under one key', async () => {
    const before = await settled();
    const key = newKey();
    const first = await submit({ prompt, key });
    const again = await submit({ prompt, key });
    expect(dialect.idOf(again)).toBe(dialect.idOf(first));
    expect(first.headers.get('idempotency-replayed')).toBeNull();
    expect(again.headers.get('idempotency-replayed')).toBe('true');
    await ended(dialect.idOf(first));
    expect(await settled()).toBe(before - dialect.price);
  });

  it('refuses another request under the same key', async () => {
    const key = newKey();
    await submit({ prompt, key });
    const before = await settled();
    expectRefused(await submit({ prompt: 'A red bicycle', key }), 'otherBody');
    expect(await settled()).toBe(before);
  });

  it('refuses a prompt that breaks the content policy, and debits nothing', async () => {
    const before = await settled();
    expectRefused(await submit({ prompt: refusedPrompt() }), 'moderated');
    expect(await settled()).toBe(before);
  });

  it('refuses one request too many, and says how long to wait', async () => {
    const hasty = await createTenant(program.url, program.adminKey, 100, { requestsPerMinute: 1 });
    await submit({ prompt: '' }, hasty.client);
    const refused = await submit({ prompt }, hasty.client);
    expectRefused(refused, 'tooMany');
    const seconds = Number(refused.headers.get('retry-after'));
    expect(seconds).toBeGreaterThan(0);
    expect(seconds).toBeLessThan(60);
  });

  it('does not know what belongs to others', async () => {
    const id = dialect.idOf(await submit({ prompt }));
    const { client: other } = await createTenant(program.url, program.adminKey, 0);
    expectRefused(await dialect.poll(other, id), 'notFound');
  });

  it('refuses who has no key, and a key without the scope', async () => {
    expectRefused(await submit({ prompt }, new ApiClient(program.url, 'none')), 'noKey');
    const admin = new ApiClient(program.url, program.adminKey);
    const terms = { name: 'reader', scopes: ['generations:read'] };
    const { body } = await admin.post(`/admin/v1/tenants/${tenant.id}/keys`, terms);
    expectRefused(await submit({ prompt }, new ApiClient(program.url, body.key)), 'noScope');
  });
});

describe('the xmode dialect answers as its golden files say', () => {
  const masks = (): Masks => [
    [new RegExp(`${program.url}/assets/thm_[^"]+`, 'g'), '<thumbnail>'],
    [new RegExp(`${program.url}/assets/[^"]+`, 'g'), '<image>'],
    [/(?<="sha256":")[0-9a-f]{64}/g, '<sha256>'],
    [new RegExp(program.url, 'g'), '<base>'],
    [/(?<="requestId":")(?!req_)[^"]+/g, '<http request>'],
    [/req_(?!0{26})[0-9a-z]{26}/g, '<request>'],
    [/(?<="retryAfter":)\d+/g, '"<seconds>"'],
    [/img_[0-9a-z]{26}/g, 'img_<id>'],
    [/(?<="lotId":")[^"]+/g, '<lot>'],
    [/(?<="b64_json":")[A-Za-z0-9+/=]+/g, '<base64>'],
    [/\d{4}-\d\d-\d\dT[\d:.]{12}Z/g, '<time>'],
  ];
  let callers: Readonly<Record<string, ApiClient>>;

  beforeAll(async () => {
    const { url, adminKey } = program;
    const of = async (tokens: number, terms?: object) =>
      (await createTenant(url, adminKey, tokens, terms)).client;
    callers = {
      usual: await of(TOKENS),
      poor: await of(4),
      reader: await of(100, { scopes: ['generations:read'] }),
      bound: await of(100, { models: ['xSD4.5-draft'] }),
      limited: await of(100, { requestsPerMinute: 1 }),
      nobody: new ApiClient(url, undefined),
    };
    await callers.limited?.post('/v1/generations', {});
  });

  it.each(goldenFiles('xmode'))('$name: $about', async ({ exchanges }) => {
    const conversation = new GoldenConversation(callers, masks());
    for (const exchange of exchanges) {
      expect(await conversation.replay(exchange)).toEqual(goldenBytes(exchange.answer));
    }
  });
});
