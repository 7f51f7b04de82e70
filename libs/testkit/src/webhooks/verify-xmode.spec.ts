import { describe, expect, it } from 'vitest';
import { type ReceivedXmodeWebhook, verifyXmode } from './verify-xmode.js';

const SIGNATURE = 'v1=2e37df5d4a028c51a7f3133d64ae1e300d2c2c900f1b1d49d4369ad2530f8964';
const received: ReceivedXmodeWebhook = {
  secret: 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw',
  timestamp: '1614265330',
  signature: SIGNATURE,
  rawBody: Buffer.from('{"test": 2432232314}'),
  nowSeconds: 1614265330,
};

describe('a receiver of an xmode webhook', () => {
  it.each<[string, Partial<ReceivedXmodeWebhook>]>([
    ['the right signature', {}],
    ['one right signature of several', { signature: `v1=${'0'.repeat(64)}, ${SIGNATURE}` }],
    ['a signature of another version beside it', { signature: `v2=abc,${SIGNATURE}` }],
    ['a message five minutes old', { nowSeconds: 1614265330 + 300 }],
    ['a clock five minutes ahead', { nowSeconds: 1614265330 - 300 }],
  ])('accepts %s', (_case, change) => {
    expect(verifyXmode({ ...received, ...change })).toBe(true);
  });

  it.each<[string, Partial<ReceivedXmodeWebhook>]>([
    ['another secret', { secret: 'whsec_NfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw' }],
    ['the key without its prefix', { secret: 'MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw' }],
    ['another body', { rawBody: Buffer.from('{"test":2432232314}') }],
    ['another timestamp', { timestamp: '1614265331' }],
    ['a timestamp that is no number', { timestamp: '1614265330 ' }],
    ['an empty timestamp', { timestamp: '' }],
    ['a message older than five minutes', { nowSeconds: 1614265330 + 301 }],
    ['a message from the future', { nowSeconds: 1614265330 - 301 }],
    ['no signature', { signature: '' }],
    ['a shortened signature', { signature: SIGNATURE.slice(0, -1) }],
    ['a bare signature', { signature: SIGNATURE.slice(3) }],
    ['upper-case hex', { signature: SIGNATURE.toUpperCase() }],
  ])('refuses %s', (_case, change) => {
    expect(verifyXmode({ ...received, ...change })).toBe(false);
  });
});
