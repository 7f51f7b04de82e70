import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { MAX_ATTEMPTS, RETRY_DELAYS_SECONDS } from './retry-schedule.js';
import { schemesOf, signatureHeaders, signStandardWebhooks } from './signatures/index.js';

const guide = readFileSync(new URL('../../../docs/webhooks.md', import.meta.url), 'utf8');
const SECONDS = { s: 1, min: 60, h: 3_600 };

describe('docs/webhooks.md', () => {
  test('states the retry schedule that is kept', () => {
    const waits = [...guide.matchAll(/\| (\d+) \| (\d+) (s|min|h) (?=\|)/g)].map(
      ([, attempt, wait, unit]) => [Number(attempt), Number(wait) * SECONDS[unit as 's']] as const,
    );
    const stated = waits.toSorted(([a], [b]) => a - b);
    expect(stated).toEqual(RETRY_DELAYS_SECONDS.map((seconds, n) => [n + 1, seconds]));
    expect(guide).toContain(`| ${MAX_ATTEMPTS} | never: exhausted |`);
  });

  test('shows signatures that are made so', () => {
    const value = (name: string) => {
      const found = guide.match(new RegExp(`^\\| ${name} \\| \`(.*)\` \\|$`, 'm'))?.[1];
      if (found === undefined) throw new Error(`the guide shows no ${name}`);
      return found;
    };
    const headers = signatureHeaders({
      schemes: schemesOf('xmode'),
      messageId: value('message id'),
      timestamp: Number(value('timestamp')),
      body: Buffer.from(value('body')),
      secrets: [value('secret')],
    });
    expect(headers['X-XMode-Signature']).toBe(value('`X-XMode-Signature`'));
    expect(headers['webhook-signature']).toBe(value('`webhook-signature`'));
    const signed = signStandardWebhooks(
      [value('Ed25519 key')],
      value('message id'),
      Number(value('timestamp')),
      Buffer.from(value('body')),
    );
    expect(signed['webhook-signature']).toBe(value('`webhook-signature` of it'));
  });
});
