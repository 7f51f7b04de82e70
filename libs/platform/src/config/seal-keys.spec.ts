import { mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { newSealKeyPem, sealKeyFromPem } from '@imprest/ledger-seal';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { ConfigError, loadConfig } from './index.js';
import { currentSealKey, nextSealKey, takeNextSealKey } from './seal-keys.js';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'seal-keys-'));
});
afterEach(() => rmSync(folder, { recursive: true }));
const config = (more = {}) => loadConfig({ IMPREST_DATA_DIR: folder, ...more });

test('a key is made once, and only its owner can read it', () => {
  const { keyId } = currentSealKey(config());
  expect(currentSealKey(config()).keyId).toBe(keyId);
  expect(statSync(join(folder, 'secrets', 'ledger-seal-key')).mode & 0o777).toBe(0o600);
});

test('a rotation keeps the old key under its id', () => {
  const { keyId: old } = currentSealKey(config());
  const { keyId: next } = nextSealKey(config());
  expect(nextSealKey(config()).keyId).toBe(next);
  expect(currentSealKey(config()).keyId).toBe(old);
  takeNextSealKey(config());
  expect(currentSealKey(config()).keyId).toBe(next);
  expect(readdirSync(join(folder, 'secrets')).sort()).toEqual([
    'ledger-seal-key',
    `ledger-seal-key.retired-${old}`,
  ]);
});

test('a configured key is used as it is, and rotated where it comes from', () => {
  const pem = newSealKeyPem();
  const configured = config({ LEDGER_SEAL_KEY: pem });
  expect(currentSealKey(configured).keyId).toBe(sealKeyFromPem(pem).keyId);
  expect(() => nextSealKey(configured)).toThrow(ConfigError);
});

test('what is no Ed25519 key is refused at the start', () => {
  expect(() => config({ LEDGER_SEAL_KEY: 'secret' })).toThrow(/LEDGER_SEAL_KEY must be an Ed25519/);
});
