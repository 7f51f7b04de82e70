import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Writable } from 'node:stream';
import { OpenAiImagesStub } from '@imprest/testkit/providers';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runCli } from '../terminal/run-cli.js';
import { Terminal } from '../terminal/terminal.js';
import { providersCommand } from './providers.js';

let stub: OpenAiImagesStub;
let folder: string;

beforeAll(async () => {
  stub = await OpenAiImagesStub.start('vllm-omni');
  folder = mkdtempSync(join(tmpdir(), 'imprest-check-'));
  writeFileSync(join(folder, 'gpu.key'), stub.key);
});
afterAll(async () => {
  await stub.close();
  rmSync(folder, { recursive: true });
});

async function checked(providers: string, environment: Record<string, string> = {}) {
  const file = join(folder, 'providers.yaml');
  writeFileSync(file, providers);
  const printed: string[] = [];
  const stream = new Writable({
    write(chunk, _encoding, done) {
      printed.push(String(chunk));
      done();
    },
  });
  const terminal = new Terminal(
    { IMPREST_PROVIDERS: file, ...environment },
    { out: stream, err: stream },
  );
  const code = await runCli(
    [providersCommand(terminal)],
    ['providers', 'check', '--json'],
    terminal,
  );
  const lines = printed.join('').trim().split('\n');
  return { code, said: lines.map((line) => (line.startsWith('{') ? JSON.parse(line) : line)) };
}

const gpu = (more = 'keyFile: gpu.key') =>
  `providers: { gpu: { kind: openai-images, flavour: vllm-omni, url: "${stub.url}", ${more} } }`;

describe('imprest providers check', () => {
  it('tells the models of a server that is well', async () => {
    const { code, said } = await checked(`${gpu().slice(0, -1)}, trial: { kind: simulator } }`);

    expect(said).toMatchObject([
      { name: 'gpu', ok: true, models: [{ name: stub.model, loaded: true }], problems: [] },
      { name: 'trial', kind: 'simulator', ok: true },
    ]);
    expect(code).toBe(0);
  });

  it.each([
    ['keyVariable: PROVIDER_KEY_NONE', 'names a key that is not there'],
    ['keyVariable: PROVIDER_KEY_WRONG', 'answered 401'],
  ])('says what is wrong with a key: %s', async (key, problem) => {
    const { code, said } = await checked(gpu(key), { PROVIDER_KEY_WRONG: 'another key' });

    expect(said).toMatchObject([{ ok: false, problems: [expect.stringContaining(problem)] }]);
    expect(code).toBe(1);
  });

  it('says when a server is not ready, or not there', async () => {
    stub.inject('busy');
    const { said } = await checked(gpu());
    stub.inject(undefined);
    const gone = await checked(gpu().replace(stub.url, 'http://127.0.0.1:1'));

    expect(said).toMatchObject([{ problems: ['it is not ready: /health answers 503'] }]);
    expect(gone.said).toMatchObject([{ problems: [expect.stringContaining('cannot be reached')] }]);
  });

  it('finds a model that is sold and that its server does not have', async () => {
    const models = join(folder, 'models.yaml');
    const model = 'provider: gpu, providerModel: other-diffusion, tokensPerImage: { custom: 1 }';
    writeFileSync(models, `version: "1"\ndefault: m\nmodels: { m: { ${model} } }`);
    const { code, said } = await checked(gpu(), { IMPREST_MODELS: models });

    expect(said).toMatchObject([
      { problems: ['model m asks for other-diffusion, which the server does not list'] },
    ]);
    expect(code).toBe(1);
  });

  it('refuses a file that breaks a rule', async () => {
    const { code, said } = await checked('providers: { gpu: { kind: gpu } }');

    expect(said.join('\n')).toContain('providers.gpu.kind must be one of');
    expect(code).toBe(1);
  });
});
