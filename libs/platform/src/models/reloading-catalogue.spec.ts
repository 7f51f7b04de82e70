import { mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isQuote, quote } from '@imprest/domain';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { HealthNotes } from '../operations/health-notes.js';
import { ModelsHealth } from '../operations/models-health.js';
import { ReloadingCatalogue } from './reloading-catalogue.js';

const file = (version: string, tokens: number, more = '') =>
  `version: "${version}"\ndefault: m\nmodels:\n  m: { provider: p, tokensPerImage: { 2K: ${tokens} }${more} }`;

let folder: string;
let path: string;
let catalogue: ReloadingCatalogue;
const errors: unknown[] = [];
const logger = { info: () => {}, error: (facts: unknown) => void errors.push(facts) };
const hup = () => process.emit('SIGHUP', 'SIGHUP');

function price(): bigint | undefined {
  const asked = { model: 'm', sizeClass: '2K', images: 1 } as const;
  const found = quote(catalogue.priceBook, asked);
  return isQuote(found) ? found.total : undefined;
}

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'imprest-reload-'));
  path = join(folder, 'models.yaml');
  writeFileSync(path, file('1', 10));
  errors.length = 0;
  catalogue = new ReloadingCatalogue({ file: path, logger, everyMs: 20 });
});

afterEach(async () => {
  await catalogue.close();
  rmSync(folder, { recursive: true });
});

describe('a models file that changes', () => {
  it('is read again, also when another file takes its place', async () => {
    const next = join(folder, 'next.yaml');
    writeFileSync(next, file('2', 12, ', enabled: false'));
    renameSync(next, path);

    await expect.poll(() => price(), { timeout: 5_000, interval: 10 }).toBe(12n);
    expect(catalogue.priceBook.version).toBe('2');
    expect(catalogue.resolve()).toMatchObject({ alias: 'm', enabled: false });
  });

  it('is read at once on SIGHUP', () => {
    writeFileSync(path, file('2', 12));
    hup();

    expect(price()).toBe(12n);
  });

  it('that breaks a rule leaves the old one in force, and says so until it is mended', () => {
    const notes = new HealthNotes();
    new ModelsHealth(catalogue, notes).onModuleInit();
    expect(notes.all).toEqual({});

    writeFileSync(path, 'version: 5');
    hup();
    expect(price()).toBe(10n);
    expect(errors).toHaveLength(1);
    expect(notes.all).toEqual({
      models: { problem: 'version must be a text', inForce: '1' },
    });

    rmSync(path);
    hup();
    expect(price()).toBe(10n);
    expect(notes.all.models).toMatchObject({ problem: 'the file cannot be read' });

    writeFileSync(path, file('3', 7));
    hup();
    expect(price()).toBe(7n);
    expect(notes.all).toEqual({});
  });

  it('is of no interest any more once the process has closed it', async () => {
    await catalogue.close();
    writeFileSync(path, file('2', 12));

    expect(process.listeners('SIGHUP')).toEqual([]);
    expect(price()).toBe(10n);
  });
});

it('a first file that breaks a rule keeps the process from starting', () => {
  writeFileSync(path, 'version: 5');

  expect(() => new ReloadingCatalogue({ file: path, logger })).toThrow('version must be a text');
});
