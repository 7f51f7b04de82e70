import { afterEach, describe, expect, it } from 'vitest';
import { ApiClient } from '../support/api-client.js';
import { ImprestProgram } from '../support/imprest-program.js';

describe('starting and stopping', () => {
  const programs: ImprestProgram[] = [];

  afterEach(async () => {
    for (const program of programs.splice(0)) await program.dispose();
  });

  async function started(environment: Readonly<Record<string, string>> = {}) {
    const program = await ImprestProgram.create(environment);
    programs.push(program);
    return program.start();
  }

  it('finishes what is under way on Ctrl-C and finds everything again', async () => {
    const program = await started();
    const client = () => new ApiClient(program.url, program.demoKey);
    const ask = { endUserEmail: 'ada@example.com', prompt: 'Dunes', size: '1900x1900' };
    const receipts = [];
    for (let count = 0; count < 3; count += 1) {
      receipts.push(await client().post('/v1/generations', ask));
    }
    expect(await program.stop('SIGINT')).toBe(0);
    await program.start();
    for (const { body } of receipts) {
      const record = await client().outcome(body.requestId);
      expect(record.body.status).toBe('succeeded');
    }
    await expect
      .poll(async () => (await client().get('/v1/balance')).body, { timeout: 10_000 })
      .toMatchObject({ available: 970, held: 0 });
  });

  it('refuses a second start on the same data directory and says why', async () => {
    const program = await started();
    const second = await ImprestProgram.create({ IMPREST_DATA_DIR: program.dataDirectory });
    programs.push(second);
    await expect(second.start()).rejects.toThrow(/in use/i);
    const client = new ApiClient(program.url, program.demoKey);
    expect((await client.get('/v1/balance')).status).toBe(200);
  });

  it('names every problem of its configuration at once', async () => {
    const program = await ImprestProgram.create({
      PORT: '70000',
      LOG_LEVEL: 'loud',
      WEBHOOK_ALLOW_CIDRS: 'everything',
    });
    programs.push(program);
    await expect(program.start()).rejects.toThrow(
      /PORT must[\s\S]*WEBHOOK_ALLOW_CIDRS[\s\S]*LOG_LEVEL must/,
    );
  });
});
