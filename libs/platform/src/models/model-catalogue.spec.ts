import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DataFileError } from '@imprest/data-files';
import { isQuote, quote } from '@imprest/domain';
import { describe, expect, it } from 'vitest';
import { loadModels, parseModels } from './model-catalogue.js';

const FILE = `
version: "2026-01"
default: landscape-1
models:
  landscape-1:
    provider: simulator
    providerModel: procedural-scene
    mediaType: image/webp
    tokensPerImage: { 2K: 10, 4K: 25 }
  product-1:
    provider: comfyui
    tokensPerImage: { 2K: 0 }
    tokensByResolution: { 1k: { medium: 4, high: 6 } }
`;

describe('a models file', () => {
  const catalogue = parseModels(FILE);

  it('names its models in their order', () => {
    expect(catalogue.aliases).toEqual(['landscape-1', 'product-1']);
  });

  it('gives the default where no model is named', () => {
    expect(catalogue.resolve()).toMatchObject({
      alias: 'landscape-1',
      provider: 'simulator',
      providerModel: 'procedural-scene',
      mediaType: 'image/webp',
    });
  });

  it('fills in what an entry leaves out', () => {
    expect(catalogue.resolve('product-1')).toMatchObject({
      provider: 'comfyui',
      providerModel: 'product-1',
      mediaType: 'image/png',
    });
  });

  it.each(['unknown', 'toString', '__proto__', ''])('knows no model %j', (alias) => {
    expect(catalogue.resolve(alias)).toBeUndefined();
  });

  it('is a price book of its version', () => {
    const priced = quote(catalogue.priceBook, { model: 'landscape-1', sizeClass: '4K', images: 3 });

    expect(isQuote(priced) && priced).toMatchObject({ priceBookVersion: '2026-01', total: 75n });
  });

  it('prices by resolution and quality where a model does', () => {
    const detail = { resolution: '1k', quality: 'high' } as const;
    const asked = { model: 'product-1', sizeClass: 'custom', images: 2, detail } as const;

    expect(quote(catalogue.priceBook, asked)).toMatchObject({ perImage: 6n, total: 12n });
  });

  it('does not sell a size that has no price', () => {
    const priced = quote(catalogue.priceBook, {
      model: 'product-1',
      sizeClass: '4K',
      images: 1,
    });

    expect(isQuote(priced)).toBe(false);
  });
});

describe('a models file that breaks a rule', () => {
  const entry = (text: string) => `version: "1"\ndefault: m\nmodels:\n  m: ${text}`;
  const prices = 'tokensPerImage: { 2K: 1 }';

  it.each([
    ['', 'the file must be a mapping'],
    ['- a', 'the file must be a mapping'],
    ['version: 1', 'version must be a text'],
    ['version: "1"', 'models must be a mapping'],
    ['version: "1"\nmodels: {}', 'default must be a text'],
    ['version: "1"\ndefault: x\nmodels: {}', 'default names x, which is not among the models'],
    [entry('5'), 'models.m must be a mapping'],
    [entry(`{ ${prices} }`), 'models.m.provider must be a text'],
    [
      entry(`{ provider: p, mediaType: image/gif, ${prices} }`),
      'models.m.mediaType must be one of image/png, image/jpeg, image/webp',
    ],
    [entry('{ provider: p }'), 'models.m.tokensPerImage must be a mapping'],
    [
      entry(`{ provider: p, ${prices}, tokensByResolution: {} }`),
      'models.m.tokensByResolution must have a price for one of 1k, 2k, 4k, 8k',
    ],
    [
      entry(`{ provider: p, ${prices}, tokensByResolution: { 3k: { medium: 1, high: 2 } } }`),
      'models.m.tokensByResolution.3k must be one of 1k, 2k, 4k, 8k',
    ],
    [
      entry(`{ provider: p, ${prices}, tokensByResolution: { 1k: { medium: 1 } } }`),
      'models.m.tokensByResolution.1k must have a price for each of medium, high',
    ],
    [
      entry(`{ provider: p, ${prices}, tokensByResolution: { 1k: { medium: 1, low: 1 } } }`),
      'models.m.tokensByResolution.1k.low must be one of medium, high',
    ],
    [
      entry(`{ provider: p, ${prices}, tokensByResolution: { 1k: { medium: 1, high: -2 } } }`),
      'models.m.tokensByResolution.1k.high must be a whole number of tokens',
    ],
    [
      entry('{ provider: p, tokensPerImage: { 8K: 1 } }'),
      'models.m.tokensPerImage.8K must be one of 2K, 4K, custom',
    ],
    [
      entry('{ provider: p, tokensPerImage: { 2K: 1.5 } }'),
      'models.m.tokensPerImage.2K must be a whole number of tokens',
    ],
    [
      entry('{ provider: p, tokensPerImage: { 2K: -1 } }'),
      'models.m.tokensPerImage.2K must be a whole number of tokens',
    ],
    [
      entry('{ provider: p, tokensPerImage: { 2K: "10" } }'),
      'models.m.tokensPerImage.2K must be a whole number of tokens',
    ],
    [
      entry('{ provider: p, tokensPerImage: { 2K: 9007199254740993 } }'),
      'models.m.tokensPerImage.2K must be a whole number of tokens',
    ],
    [
      entry('{ provider: p, tokensPerImage: {} }'),
      'models.m.tokensPerImage must have a price for one of 2K, 4K, custom',
    ],
    [
      entry(`{ provider: p, price: 5, ${prices} }`),
      'models.m.price is not a field: use provider, providerModel, mediaType, tokensPerImage',
    ],
    [
      `version: "1"\ndefault: m\ncurrency: EUR\nmodels:\n  m: { provider: p, ${prices} }`,
      'currency is not a field: use version, default, models',
    ],
    [
      `version: "1"\ndefault: a b\nmodels:\n  a b: { provider: p, ${prices} }`,
      'models.a b: the alias must match ^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$',
    ],
    [
      `version: "1"\ndefault: m\nmodels:\n  m: { provider: p, ${prices} }\n  m: { provider: q, ${prices} }`,
      'Map keys must be unique',
    ],
  ])('%j: %s', (yaml, message) => {
    expect(() => parseModels(yaml)).toThrow(DataFileError);
    expect(() => parseModels(yaml)).toThrow(message);
  });
});

describe('loading', () => {
  it('takes the built-in file, whose models are rendered by the simulator', () => {
    const catalogue = loadModels();

    expect(catalogue.resolve()?.alias).toBe('xSD4.5');
    for (const alias of catalogue.aliases) {
      expect(catalogue.resolve(alias)?.provider).toBe('simulator');
    }
  });

  it('names the file that is wrong, or missing', () => {
    const folder = mkdtempSync(join(tmpdir(), 'imprest-models-'));
    const file = join(folder, 'models.yaml');
    try {
      expect(() => loadModels(file)).toThrow(`models file ${file}: ENOENT`);
      writeFileSync(file, 'version: 5');
      expect(() => loadModels(file)).toThrow(`models file ${file}: version must be a text`);
      writeFileSync(file, FILE);
      expect(loadModels(file).resolve()?.alias).toBe('landscape-1');
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});
