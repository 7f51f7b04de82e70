import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { readXmp, sniffImage } from '@imprest/provenance-marking';
import { OpenAiImagesStub } from '@imprest/testkit/providers';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runCli } from '../support/cli-program.js';
import { ImprestProgram } from '../support/imprest-program.js';
import { createTenant, type TestTenant } from '../support/tenants.js';

const TOKENS = 1_000;
const PRICE = 7;
const ask = {
  prompt: 'A harbour at dusk <lora:somebody:1>',
  size: '320x200',
  n: 2,
  async: true,
};

let stub: OpenAiImagesStub;
let program: ImprestProgram;
let tenant: TestTenant;
let environment: Record<string, string>;

/** A GPU box of the operator's, and a model that it renders. */
async function operatorsFiles(folder: string): Promise<Record<string, string>> {
  const providers = join(folder, 'providers.yaml');
  const models = join(folder, 'models.yaml');
  await writeFile(join(folder, 'gpu.key'), stub.key);
  await writeFile(
    providers,
    `providers:
  gpu-1: { kind: openai-images, flavour: vllm-omni, url: "${stub.url}", keyFile: gpu.key }`,
  );
  await writeFile(
    models,
    `version: "gpu"
default: landscape
models:
  landscape:
    provider: gpu-1
    providerModel: ${stub.model}
    mediaType: image/webp
    tokensPerImage: { custom: ${PRICE} }`,
  );
  return { IMPREST_PROVIDERS: providers, IMPREST_MODELS: models };
}

beforeAll(async () => {
  stub = await OpenAiImagesStub.start('vllm-omni');
  program = await ImprestProgram.create();
  environment = await operatorsFiles(program.dataDirectory);
  await program.start(environment);
  tenant = await createTenant(program.url, program.adminKey, TOKENS);
});
afterAll(async () => {
  await program?.dispose();
  await stub?.close();
});

/** What became of a request, and what the tenant has once nothing is held any more. */
async function rendered(meanwhile: () => Promise<void> = async () => {}) {
  const { client } = tenant;
  const { body } = await client.post('/v1/images/generations', ask);
  await meanwhile();
  const { body: record } = await client.outcome(body.task_id.replace('task_', 'req_'));
  const balance = async () => (await client.get('/v1/balance')).body;
  await expect.poll(async () => (await balance()).held, { timeout: 10_000 }).toBe(0);
  return { record, available: (await balance()).available };
}

const pictureRequests = () =>
  stub.server.requests.filter(({ url }) => url.pathname === '/v1/images/generations');

describe('a GPU box named in providers.yaml', () => {
  it('makes pictures that are charged, marked as AI-made and of the ordered type', async () => {
    const { record, available } = await rendered();

    expect(record).toMatchObject({
      status: 'succeeded',
      model: 'landscape',
      cost: { xTokens: 2 * PRICE },
    });
    expect(available).toBe(TOKENS - 2 * PRICE);
    for (const { url } of record.images) {
      const bytes = new Uint8Array(await (await fetch(url)).arrayBuffer());
      expect(sniffImage(bytes)).toEqual({ mediaType: 'image/webp', width: 320, height: 200 });
      expect(readXmp(bytes, 'image/webp')).toContain('trainedAlgorithmicMedia');
    }
    const asked = pictureRequests().map(({ body }) => JSON.parse(body.toString()));
    expect(asked).toMatchObject([1, 2].map(() => ({ size: '320x208', n: 1, model: stub.model })));
    expect(asked.map(({ prompt }) => prompt)).toEqual([1, 2].map(() => 'A harbour at dusk'));
    expect(asked[1].seed - asked[0].seed).toBe(1);
  });

  it('that refuses a request has it refunded, with its reason', async () => {
    stub.inject('refused');
    const { record, available } = await rendered();
    stub.inject(undefined);

    expect(record).toMatchObject({
      status: 'failed',
      error: {
        code: 'validation_error',
        message: 'the model refuses the request: size is not supported by this model',
      },
    });
    expect(available).toBe(TOKENS - 2 * PRICE);
  });

  it('that breaks down for a while is charged once', async () => {
    const before = pictureRequests().length;
    stub.inject('broken');
    const { record, available } = await rendered(async () => {
      await expect
        .poll(() => pictureRequests().length, { timeout: 10_000 })
        .toBeGreaterThan(before);
      stub.inject(undefined);
    });

    expect(record).toMatchObject({ status: 'succeeded', cost: { xTokens: 2 * PRICE } });
    expect(available).toBe(TOKENS - 4 * PRICE);
  });

  it('is found by the operator from a terminal, with what it has loaded', async () => {
    const { code, out } = await runCli(environment, 'providers', 'check', '--json');

    expect(JSON.parse(out)).toMatchObject({
      name: 'gpu-1',
      ok: true,
      models: [{ name: stub.model, loaded: true }],
    });
    expect(code).toBe(0);
  });
});
