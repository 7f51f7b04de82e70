import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openProviders, parseProviders } from './provider-list.js';

const folder = mkdtempSync(join(tmpdir(), 'imprest-templates-'));
afterAll(() => rmSync(folder, { recursive: true }));
/** Loaded when they are needed, which takes its time on a busy machine. */
beforeAll(async () => {
  await import('@imprest/provider-comfyui');
  await import('@imprest/provider-cog');
}, 60_000);
const services = {
  slots: 1,
  simulator: { latencyMs: 0, failureRate: 0, trialFaults: false, modelLoadMs: 0 },
};

const opened = (kind: string, models: string) =>
  openProviders(
    parseProviders(
      `providers: { studio: { kind: ${kind}, url: "http://a", models: ${models} } }`,
      folder,
    ),
    services,
  );

describe.each(['comfyui', 'cog'])('a provider of kind %s', (kind) => {
  it('sells models by the examples that come with it', async () => {
    const parts = 'images: text-to-image, fromReferences: image-to-image, clip: image-to-clip';
    const providers = await opened(kind, `{ painter: { ${parts} } }`);

    expect([...providers.values()].map(({ name }) => name)).toEqual(['studio']);
    for (const provider of providers.values()) await provider.close();
  });

  it.each([
    ['{}', 'providers.studio.models must have an entry'],
    ['{ painter: {} }', 'providers.studio.models.painter must have one of images, fromReferences'],
    ['{ painter: { video: x } }', 'providers.studio.models.painter.video is not a field'],
    [
      '{ painter: { images: sketch } }',
      'painter.images, unless it ends in .yaml, must be one of text-to-image',
    ],
    ['{ painter: { images: image-to-clip } }', 'painter.images makes clip, not images'],
    ['{ painter: { fromReferences: text-to-image } }', 'fromReferences takes no references'],
    ['{ painter: { images: missing.yaml } }', `${folder}/missing.yaml`],
  ])('is refused with the entry and the rule: %s', async (models, message) => {
    await expect(async () => opened(kind, models)).rejects.toThrow(message);
  });

  it('names the file and the rule that a file of the operator breaks', async () => {
    writeFileSync(join(folder, 'broken.yaml'), 'makes: pictures');

    const rendering = opened(kind, '{ painter: { images: broken.yaml } }');

    await expect(rendering).rejects.toThrow(/broken\.yaml: .*broken: .*makes must be one of/);
  });
});
