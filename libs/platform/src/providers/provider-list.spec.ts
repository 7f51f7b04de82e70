import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { loadProviders, openProviders, parseProviders } from './provider-list.js';

const folder = mkdtempSync(join(tmpdir(), 'imprest-providers-'));
afterAll(() => rmSync(folder, { recursive: true }));
/** Loaded when they are needed, which takes its time on a busy machine. */
beforeAll(async () => {
  await import('@imprest/provider-simulator');
  await import('@imprest/provider-openai-images');
}, 60_000);
const services = {
  slots: 1,
  simulator: { latencyMs: 0, failureRate: 0, trialFaults: false, modelLoadMs: 0 },
  environment: { PROVIDER_KEY_GPU: 'secret' },
};

describe('a providers file', () => {
  it('names providers with what is said of them', () => {
    const entries = parseProviders(
      `providers:
  gpu-1:
    kind: openai-images
    flavour: vllm-omni
    url: http://10.0.0.5:8000
    concurrency: 2
    labels: { zone: rack-a }
  trial: { kind: simulator }`,
      folder,
    );

    expect(entries).toMatchObject([
      { name: 'gpu-1', kind: 'openai-images', concurrency: 2, labels: { zone: 'rack-a' } },
      { name: 'trial', kind: 'simulator', labels: {} },
    ]);
  });

  it('is the simulator and the provider that does nothing when there is none', async () => {
    const providers = await openProviders(loadProviders(), services);

    expect([...providers.keys()]).toEqual(['simulator', 'noop']);
    for (const provider of providers.values()) await provider.close();
  });

  it('has keys beside it, in files or in variables', async () => {
    writeFileSync(join(folder, 'gpu.key'), 'another secret\n');
    const path = join(folder, 'providers.yaml');
    const entry = (name: string, key: string) =>
      `  ${name}: { kind: openai-images, flavour: openai, url: "https://a.example/v1", ${key} }`;
    const file = [entry('a', 'keyFile: gpu.key'), entry('b', 'keyVariable: PROVIDER_KEY_GPU')];
    writeFileSync(path, ['providers:', ...file].join('\n'));
    const providers = await openProviders(loadProviders(path), services);

    expect([...providers.values()].map(({ name }) => name)).toEqual(['a', 'b']);
    for (const provider of providers.values()) await provider.close();
  });

  it.each([
    ['keyFile: missing.key', 'providers.gpu.keyFile names a file that cannot be read'],
    ['keyVariable: PROVIDER_KEY_NONE', 'providers.gpu.keyVariable names a key that is not there'],
  ])('is refused when it is opened without its key: %s', async (key, message) => {
    const text = `providers: { gpu: { kind: openai-images, flavour: openai, url: "http://a", ${key} } }`;

    await expect(openProviders(parseProviders(text, folder), services)).rejects.toThrow(message);
  });
});

describe('a providers file that breaks a rule', () => {
  const remote = (more: string) =>
    `providers: { gpu: { kind: openai-images, flavour: openai, url: "http://a"${more} } }`;

  it.each([
    ['', 'the file must be a mapping'],
    ['providers: {}', 'providers must have an entry'],
    ['provider: {}', 'provider is not a field: use providers'],
    ['providers: { GPU: {} }', 'providers.GPU: the name must match'],
    ['providers: { gpu: { kind: gpu } }', 'providers.gpu.kind must be one of simulator, no-op'],
    ['providers: { gpu: { kind: no-op, url: x } }', 'providers.gpu.url is not a field'],
    ['providers: { gpu: { kind: openai-images } }', 'providers.gpu.url must be a text'],
    [remote(', flavor: x'), 'providers.gpu.flavor is not a field'],
    [remote(', flavour: dalle'), 'Map keys must be unique'],
    [remote('').replace('openai,', 'x,'), 'providers.gpu.flavour must be one of openai, vllm-omni'],
    [remote('').replace('http:', 'ftp:'), 'providers.gpu.url must be a URL that begins with http:'],
    [remote('').replace('//', '//me:secret@'), 'providers.gpu.url must hold no password'],
    [remote(', concurrency: 0'), 'providers.gpu.concurrency must be a whole number from 1 to 64'],
    [remote(', imagesPerCall: 11'), 'providers.gpu.imagesPerCall must be a whole number from 1'],
    [remote(', extras: { loras: [] }'), 'providers.gpu.extras.loras must be a text'],
    [remote(', keyVariable: IMPREST_MASTER_KEY'), 'providers.gpu.keyVariable must match'],
    [
      remote(', keyFile: a, keyVariable: PROVIDER_KEY_A'),
      'must have one of keyFile and keyVariable',
    ],
    [remote(', timeouts: { work: 5 }'), 'providers.gpu.timeouts.work is not a field'],
    [
      remote(', timeouts: { workSeconds: 0 }'),
      'providers.gpu.timeouts.workSeconds must be a whole',
    ],
    [remote(', labels: { zone: 5 }'), 'providers.gpu.labels.zone must be a text'],
  ])('is refused with the entry and the rule: %s', (text, message) => {
    expect(() => parseProviders(text, folder)).toThrow(message);
  });
});
