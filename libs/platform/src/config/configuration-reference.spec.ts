import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { configKeys } from './config-keys.js';
import { configurationReference } from './configuration-reference.js';

const committed = new URL('../../../../docs/configuration.md', import.meta.url);

describe('the configuration reference', () => {
  it('is docs/configuration.md (npm run configuration:write)', () => {
    expect(readFileSync(committed, 'utf8')).toBe(configurationReference(configKeys));
  });

  it('tells values from words, and secrets from the rest', () => {
    const reference = configurationReference([
      { name: 'PORT', default: '8080', meaning: 'a port' },
      { name: 'KEY', default: 'generated, printed once', meaning: 'a|b', secret: true },
    ]);

    expect(reference).toContain('| `PORT` | `8080` | a port |  |\n');
    expect(reference).toContain('| `KEY` | generated, printed once | a\\|b | yes |\n');
  });
});

describe('the keys', () => {
  it('are named once each, as environment variables are', () => {
    const names = configKeys.map(({ name }) => name);

    expect(new Set(names).size).toBe(names.length);
    for (const name of names) expect(name).toMatch(/^[A-Z][A-Z0-9_]*$/);
  });
});
