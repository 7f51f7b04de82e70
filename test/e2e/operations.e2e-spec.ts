import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ApiClient } from '../support/api-client.js';
import { type CliEnd, CliProgram, runCli } from '../support/cli-program.js';
import { ImprestProgram } from '../support/imprest-program.js';
import { LocalHttpServer } from '../support/local-http-server.js';
import { createTenant, type TestTenant } from '../support/tenants.js';

const ask = {
  endUserEmail: 'ada@example.com',
  prompt: 'A lighthouse in a storm',
  size: '1900x1900',
};

let program: ImprestProgram;
let receiver: LocalHttpServer;
let tenant: TestTenant;
let environment: Readonly<Record<string, string>>;
const cli = (...args: readonly string[]) => runCli(environment, ...args);

beforeAll(async () => {
  receiver = await LocalHttpServer.start();
  program = await ImprestProgram.create();
  await program.start();
  environment = { IMPREST_DATA_DIR: program.dataDirectory };
  tenant = await createTenant(program.url, program.adminKey, 100_000);
});
afterAll(async () => {
  await program?.dispose();
  await receiver?.stop();
});

const ok = '';
/** What a command that should have found nothing wrong had to say. */
const complaint = ({ code, out, err }: CliEnd) => (code === 0 ? ok : `${code}: ${err}${out}`);

/** Lists, balances, statements and new requests, without a pause, until stopped. */
class Load {
  readonly failures: string[] = [];
  answered = 0;
  private stopped = false;
  private readonly lanes: Promise<void>[];

  constructor(private readonly client: ApiClient) {
    const reads = [
      '/v1/generations?limit=20',
      '/v1/balance',
      '/v1/ledger/entries',
      '/v1/end-users',
    ];
    const writes = () => this.client.post('/v1/generations', ask);
    this.lanes = [
      ...reads.map((path) => this.lane(() => this.client.get(path))),
      this.lane(writes),
    ];
  }

  async stop(): Promise<void> {
    this.stopped = true;
    await Promise.all(this.lanes);
  }

  private async lane(request: () => Promise<{ status: number; body: unknown }>): Promise<void> {
    while (!this.stopped) {
      const { status, body } = await request().catch((error) => ({
        status: 0,
        body: String(error),
      }));
      this.answered += 1;
      if (status < 200 || status > 299) this.failures.push(`${status} ${JSON.stringify(body)}`);
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
  }
}

describe('a request', () => {
  it('is found in all services by one id, up to the webhook', async () => {
    const headers = { 'x-request-id': 'order-4711' };
    const webhookUrl = `${receiver.url}/hook`;
    const { body } = await tenant.client.post('/v1/generations', { ...ask, webhookUrl }, headers);
    await receiver.next((delivery) => delivery.body.includes(body.requestId));
    await new Promise((resolve) => setTimeout(resolve, 500));

    const byRequest = await cli('trace', 'order-4711');
    const byGeneration = await cli('trace', body.requestId, '--json');

    expect(byRequest.code).toBe(0);
    const types = byGeneration.out
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line).type);
    for (const type of types) expect(byRequest.out).toContain(type);
    expect(types).toEqual(
      expect.arrayContaining([
        ...['GenerationRequested', 'TokensHeld', 'JobQueued', 'JobLeased', 'GenerationStarted'],
        ...['JobSucceeded', 'GenerationSucceeded', 'HoldSettled'],
        ...['WebhookMessageCreated', 'WebhookAttempted'],
      ]),
    );
  });
});

describe('a command', () => {
  it('ends well when its reader has seen enough', async () => {
    const grep = new CliProgram(environment, ['events', 'tail', '--from', 'start']);
    await grep.until((out) => out.includes('\n'));
    grep.closeOutput();
    await tenant.client.post('/v1/generations', ask);
    expect(await grep.ended).toMatchObject({ code: 0, signal: null, err: '' });
  });

  it('ends well when it is interrupted while it follows', async () => {
    const tail = new CliProgram(environment, ['events', 'tail', '--from', 'start', '--json']);
    await tail.until((out) => out.includes('TenantCreated'));
    tail.kill('SIGINT');
    expect(await tail.ended).toMatchObject({ code: 0, err: '' });
  });
});

describe('rebuilding every projection under load', () => {
  it('drops no request, and what is then live is what a rebuild gives', async () => {
    const load = new Load(tenant.client);
    const rebuilt = await cli('projections', 'rebuild', '--all', '--switch');
    const rolledBack = await cli('projections', 'rollback', '--all');
    const switched = await cli('projections', 'switch', '--all');
    await load.stop();

    expect([rebuilt, rolledBack, switched].map(complaint)).toEqual([ok, ok, ok]);
    expect(load.failures).toEqual([]);
    expect(load.answered).toBeGreaterThan(50);
    for (const args of [
      ['projections', 'drop-old', '--all'],
      ['projections', 'rebuild', '--all'],
      ['projections', 'diff', '--all', '--wait', '30'],
      ['lag', '--max-seconds', '30'],
      ['ledger', 'trial-balance'],
    ]) {
      expect(complaint(await cli(...args))).toBe(ok);
    }
  });
});
