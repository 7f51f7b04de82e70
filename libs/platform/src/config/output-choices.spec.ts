import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { newTrialCredential } from '@imprest/c2pa-signing';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { ConfigError, type Environment, loadConfig, signingCredential } from './index.js';

const NOW = new Date('2026-11-20T12:00:00Z');

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'output-choices-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

const config = (environment: Environment = {}) =>
  loadConfig({ IMPREST_DATA_DIR: folder, ...environment });

function problems(environment: Environment): readonly string[] {
  try {
    config(environment);
    return [];
  } catch (error) {
    if (error instanceof ConfigError) return error.problems;
    throw error;
  }
}

describe('who signs outputs', () => {
  test('is a credential made once for trials, which only its owner can read', () => {
    const first = signingCredential(config(), NOW);

    expect(signingCredential(config(), NOW)?.chain).toEqual(first?.chain);
    expect(statSync(join(folder, 'secrets', 'c2pa-trial-credential')).mode & 0o777).toBe(0o600);
  });

  test('is whoever the operator names, or nobody', () => {
    const pem = newTrialCredential(NOW);

    const named = signingCredential(config({ C2PA_CERT: pem, C2PA_KEY: pem }), NOW);

    expect(named?.algorithm.name).toBe('es256');
    expect(signingCredential(config({ C2PA: 'off' }), NOW)).toBeUndefined();
  });

  test('has a certificate and its key, or neither', () => {
    const [pem, other] = [newTrialCredential(NOW), newTrialCredential(NOW)];

    expect(problems({ C2PA_CERT: pem })).toEqual([
      'C2PA_CERT, C2PA_KEY belong together: set both or none',
    ]);
    expect(problems({ C2PA_CERT: pem, C2PA_KEY: other })).toEqual([
      'C2PA_CERT and C2PA_KEY: the key is not that of the first certificate',
    ]);
  });
});

describe('who judges', () => {
  test('is nobody beside the local rules by default', () => {
    expect(config().moderation).toEqual({
      promptClassifier: undefined,
      outputClassifier: undefined,
      hashMatch: undefined,
      hashList: undefined,
      previews: true,
      withheldDays: 30,
      caseHours: 24,
    });
  });

  test('is what the operator names', () => {
    const { moderation } = config({
      IMPREST_OUTPUT_MODERATION_URL: 'http://classifier.internal:9000/',
      IMPREST_OUTPUT_MODERATION_KEY: 'a key',
      IMPREST_OUTPUT_MODERATION_ALLOW: 'violence, violence/graphic',
      IMPREST_OUTPUT_MODERATION_REVIEW: 'hate',
      IMPREST_OUTPUT_HASH_MATCH_URL: 'https://match.example.com/scan',
    });

    expect(moderation.outputClassifier).toEqual({
      url: 'http://classifier.internal:9000',
      key: 'a key',
      model: 'omni-moderation-latest',
      allowed: ['violence', 'violence/graphic'],
      reviewed: ['hate'],
    });
    expect(moderation.hashMatch).toEqual({ url: 'https://match.example.com/scan', key: undefined });
  });

  test('cannot be told to let through what nobody may', () => {
    expect(
      problems({
        IMPREST_OUTPUT_MODERATION_URL: 'classifier',
        IMPREST_PROMPT_MODERATION_ALLOW: 'sexual/minors',
        IMPREST_OUTPUT_MODERATION_REVIEW: 'sexual/minors',
      }),
    ).toEqual([
      'IMPREST_PROMPT_MODERATION_ALLOW: sexual/minors is never allowed',
      'IMPREST_OUTPUT_MODERATION_URL must be a URL that begins with http:// or https://',
      'IMPREST_OUTPUT_MODERATION_REVIEW: sexual/minors is never allowed',
    ]);
  });
});
