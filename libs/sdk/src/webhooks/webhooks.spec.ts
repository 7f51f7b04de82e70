import { createHmac, generateKeyPairSync, sign } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import {
  readWebhook,
  verifyStandardWebhooks,
  verifyXavira,
  verifyXmode,
  WebhookVerificationError,
} from './index.js';

/** The values of docs/webhooks.md. */
const SECRET = 'whsec_AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=';
const OTHER = 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw';
const BODY = '{"requestId":"req_01kf0abt7y8c9d1q5f6g7h8j9k","status":"succeeded"}';
const ID = 'msg_47a7g9mdzs0f0ahn4xzfx7r6z0';
const NOW = { nowSeconds: 1_763_600_000 };
const headers = {
  'x-xmode-timestamp': '1763600000',
  'x-xmode-signature': 'v1=f27234aa70ea4a2bb2b25713618e8a8997a773d8cf8da1597b0c47c7354048e7',
  'x-xavira-timestamp': '1763600000',
  'x-xavira-signature': 'f27234aa70ea4a2bb2b25713618e8a8997a773d8cf8da1597b0c47c7354048e7',
  'webhook-id': ID,
  'webhook-timestamp': '1763600000',
  'webhook-signature': 'v1,+BOrFKa/kM2awk4wdwStwZ6h2M8dUvzmBgHy6Jn0czo=',
};
const webhook = { headers, rawBody: BODY };

const schemes = [
  { name: 'xmode', verify: verifyXmode, header: 'x-xmode' },
  { name: 'xavira', verify: verifyXavira, header: 'x-xavira' },
  { name: 'Standard Webhooks', verify: verifyStandardWebhooks, header: 'webhook' },
] as const;

function faultOf(verify: () => unknown): string {
  try {
    verify();
    return 'none';
  } catch (error) {
    if (error instanceof WebhookVerificationError) return error.code;
    throw error;
  }
}

describe.each(schemes)('the scheme $name', ({ verify, header }) => {
  const changed = (more: object) => ({ ...webhook, headers: { ...headers, ...more } });
  const signatureHeader = `${header}-signature` as keyof typeof headers;
  const signature = headers[signatureHeader];

  it('accepts the published values, as text, bytes, and with a Headers', () => {
    const bytes = Buffer.from(BODY);
    expect(faultOf(() => verify(webhook, SECRET, NOW))).toBe('none');
    expect(faultOf(() => verify({ headers, rawBody: bytes }, SECRET, NOW))).toBe('none');
    const received = { headers: new Headers(headers), rawBody: BODY };
    expect(faultOf(() => verify(received, SECRET, NOW))).toBe('none');
  });

  it('refuses another body, another secret, and another signature', () => {
    const forged = { ...webhook, rawBody: BODY.replace('succeeded', 'failed') };
    expect(faultOf(() => verify(forged, SECRET, NOW))).toBe('not_signed');
    expect(faultOf(() => verify(webhook, OTHER, NOW))).toBe('not_signed');
    for (const wrong of [
      signature.slice(0, -8),
      `0${signature}`,
      'v1',
      ',',
      signature.toUpperCase().replace(/[0-9]/g, '0'),
    ]) {
      const cut = changed({ [signatureHeader]: wrong });
      expect(faultOf(() => verify(cut, SECRET, NOW))).toBe('not_signed');
    }
  });

  it('accepts one fitting signature and one fitting secret among several', () => {
    const separator = header === 'webhook' ? ' ' : ',';
    const other = signature.replace(/[1-9]/g, '3');
    const rotated = changed({ [signatureHeader]: [other, signature].join(separator) });
    expect(faultOf(() => verify(rotated, [OTHER, SECRET], NOW))).toBe('none');
  });

  it('refuses what was signed more than five minutes away, and what says no time', () => {
    const at = (nowSeconds: number) => faultOf(() => verify(webhook, SECRET, { nowSeconds }));
    expect([at(1_763_600_300), at(1_763_599_700)]).toEqual(['none', 'none']);
    expect([at(1_763_600_301), at(1_763_599_699)]).toEqual(['too_old', 'too_old']);
    const odd = changed({ [`${header}-timestamp`]: '1e9' });
    expect(faultOf(() => verify(odd, SECRET, NOW))).toBe('timestamp_malformed');
    const strict = { ...NOW, nowSeconds: 1_763_600_010, toleranceSeconds: 5 };
    expect(faultOf(() => verify(webhook, SECRET, strict))).toBe('too_old');
  });

  it('names a header that is missing or there twice', () => {
    for (const value of [undefined, '', ['a', 'b']]) {
      const without = changed({ [signatureHeader]: value });
      expect(() => verify(without, SECRET, NOW)).toThrow(`there is no header ${signatureHeader}`);
    }
  });

  it.each([[[]], ['']])('needs a secret: %j', (secrets) => {
    expect(() => verify(webhook, secrets as never, NOW)).toThrow(RangeError);
  });
});

describe('Standard Webhooks', () => {
  it('gives the id, which is signed', () => {
    expect(verifyStandardWebhooks(webhook, SECRET, NOW)).toBe(ID);
    const renamed = { ...webhook, headers: { ...headers, 'webhook-id': 'msg_other' } };
    expect(faultOf(() => verifyStandardWebhooks(renamed, SECRET, NOW))).toBe('not_signed');
  });

  it('accepts Ed25519 by the public key, beside or instead of the shared secret', () => {
    const { privateKey, publicKey } = generateKeyPairSync('ed25519');
    const { x = '' } = publicKey.export({ format: 'jwk' });
    const key = `whpk_${Buffer.from(x, 'base64url').toString('base64')}`;
    const signed = sign(null, Buffer.from(`${ID}.1763600000.${BODY}`), privateKey);
    const both = `${headers['webhook-signature']} v1a,${signed.toString('base64')}`;
    const received = { ...webhook, headers: { ...headers, 'webhook-signature': both } };
    expect(faultOf(() => verifyStandardWebhooks(received, key, NOW))).toBe('none');
    expect(faultOf(() => verifyStandardWebhooks(received, SECRET, NOW))).toBe('none');
    expect(faultOf(() => verifyStandardWebhooks(webhook, key, NOW))).toBe('not_signed');
    const forged = { ...received, rawBody: `${BODY} ` };
    expect(faultOf(() => verifyStandardWebhooks(forged, [key, SECRET], NOW))).toBe('not_signed');
  });

  it('accepts the published values of Ed25519', () => {
    const signature =
      'v1a,Xx+bpus0FSWTAdh+lPWqRzVZlRSTHPBLbARgF9plJQxL5vvApxb2ThLoMKAPD33xJueRTtw4xh9EfpCW9WGkBw==';
    const received = { headers: { ...headers, 'webhook-signature': signature }, rawBody: BODY };
    const key = 'whpk_A6EHv/POEL4dcN0Y50vAmWfk1jCbpQ1fHdyGZBJVMbg=';
    expect(verifyStandardWebhooks(received, key, NOW)).toBe(ID);
  });

  it('takes no public key for a shared secret, which everybody could sign with', () => {
    const key = `whpk_${Buffer.alloc(32, 7).toString('base64')}`;
    const mac = createHmac('sha256', Buffer.alloc(32, 7)).update(`${ID}.1763600000.${BODY}`);
    const made = { ...headers, 'webhook-signature': `v1,${mac.digest('base64')}` };
    const received = { headers: made, rawBody: BODY };
    expect(faultOf(() => verifyStandardWebhooks(received, key, NOW))).toBe('not_signed');
  });

  it.each(['secret', 'whsec_', 'whsec_c2hvcnQ=', 'whpk_c2hvcnQ=', 'whsec_!!!!'])(
    'refuses %s',
    (secret) => {
      expect(() => verifyStandardWebhooks(webhook, secret, NOW)).toThrow(RangeError);
    },
  );
});

describe('a webhook that was read', () => {
  it('is the end of a generation, with its record', () => {
    expect(readWebhook(webhook, SECRET, NOW)).toEqual({
      id: ID,
      type: 'generation.ended',
      record: JSON.parse(BODY),
    });
  });

  it('is a low balance', () => {
    const data = { available: 480, threshold: 500 };
    const rawBody = JSON.stringify({
      type: 'account.low_balance',
      timestamp: '2026-11-20T09:30:00.000Z',
      data,
    });
    const mac = createHmac('sha256', Buffer.from(SECRET.slice(6), 'base64'));
    const signature = `v1,${mac.update(`${ID}.1763600000.${rawBody}`).digest('base64')}`;
    const received = { headers: { ...headers, 'webhook-signature': signature }, rawBody };
    const type = 'account.low_balance';
    expect(readWebhook(received, SECRET, NOW)).toEqual({ id: ID, type, balance: data });
  });
});
