import { createHmac } from 'node:crypto';
import { verifyXmode } from '@imprest/testkit';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  schemesOf,
  signatureHeaders,
  signStandardWebhooks,
  signXavira,
  signXmode,
} from './index.js';

/** The vector published with the Standard Webhooks specification. */
const PUBLISHED = {
  secret: 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw',
  messageId: 'msg_p5jXN8AQM9LWM0D4loKWxJek',
  timestamp: 1614265330,
  body: Buffer.from('{"test": 2432232314}'),
  signature: 'v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=',
};
/** The bytes 0 to 31. */
const OTHER_SECRET = 'whsec_AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=';
const UNICODE = Buffer.from('{"prompt":"ein Café am See 🌊"}');

describe('a Standard Webhooks signature', () => {
  const { secret, messageId, timestamp, body, signature } = PUBLISHED;

  it('equals the published vector', () => {
    expect(signStandardWebhooks([secret], messageId, timestamp, body)).toEqual({
      'webhook-id': messageId,
      'webhook-timestamp': '1614265330',
      'webhook-signature': signature,
    });
  });

  it('covers the bytes of a body beyond ASCII', () => {
    expect(
      signStandardWebhooks([OTHER_SECRET], 'msg_gen_1', 1763600000, UNICODE)['webhook-signature'],
    ).toBe('v1,X/jlA+Lj5Jknre3Y6ojcAogtXPOkHjpSmJukwyQBdME=');
  });

  it.each(['', 'a.b', 'a b', 'ä', 'a\r\nb', 'a'.repeat(129)])('refuses the message id %j', (id) => {
    expect(() => signStandardWebhooks([secret], id, timestamp, body)).toThrow(RangeError);
  });

  it.each([
    '',
    'whsec_',
    'MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw',
    'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaS',
    'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaS_',
    `whsec_${Buffer.alloc(23).toString('base64')}`,
    `whsec_${Buffer.alloc(65).toString('base64')}`,
  ])('refuses the malformed secret %j without repeating it', (malformed) => {
    const sign = () => signStandardWebhooks([malformed], messageId, timestamp, body);

    expect(sign).toThrow(RangeError);
    expect(sign).not.toThrow(/MfKQ|AAAA/);
  });
});

describe('an xmode signature', () => {
  it('is keyed with the whole secret as text', () => {
    expect(signXmode([PUBLISHED.secret], PUBLISHED.timestamp, PUBLISHED.body)).toEqual({
      'X-XMode-Timestamp': '1614265330',
      'X-XMode-Signature': 'v1=2e37df5d4a028c51a7f3133d64ae1e300d2c2c900f1b1d49d4369ad2530f8964',
    });
    expect(signXmode([OTHER_SECRET], 1763600000, UNICODE)['X-XMode-Signature']).toBe(
      'v1=e1919bc4fb034ed90229bc2cbf3b26eb8165e4ab27e854e7c5d3ee71a927a8df',
    );
  });

  it('is accepted by a receiver that knows the secret, for any body', () => {
    fc.assert(
      fc.property(
        fc.uint8Array({ minLength: 32, maxLength: 32 }),
        fc.integer({ min: 1, max: 9_999_999_999 }),
        fc.uint8Array({ maxLength: 300 }),
        (key, timestamp, rawBody) => {
          const secret = `whsec_${Buffer.from(key).toString('base64')}`;
          const headers = signXmode([OTHER_SECRET, secret], timestamp, rawBody);

          expect(
            verifyXmode({
              secret,
              timestamp: headers['X-XMode-Timestamp']!,
              signature: headers['X-XMode-Signature']!,
              rawBody,
              nowSeconds: timestamp,
            }),
          ).toBe(true);
        },
      ),
    );
  });
});

describe('the signature headers of a delivery', () => {
  const { secret, messageId, timestamp, body, signature } = PUBLISHED;
  const schemes = schemesOf('xmode');

  it('are those of Standard Webhooks alone where the dialect has no scheme of its own', () => {
    const delivery = { schemes: schemesOf('uncensored'), messageId, timestamp, body };

    expect(signatureHeaders({ ...delivery, secrets: [secret] })).toEqual({
      'webhook-id': messageId,
      'webhook-timestamp': '1614265330',
      'webhook-signature': signature,
    });
  });

  it('are both schemes, with one signature per secret', () => {
    expect(
      signatureHeaders({ schemes, messageId, timestamp, body, secrets: [secret, OTHER_SECRET] }),
    ).toEqual({
      'X-XMode-Timestamp': '1614265330',
      'X-XMode-Signature':
        'v1=2e37df5d4a028c51a7f3133d64ae1e300d2c2c900f1b1d49d4369ad2530f8964,' +
        'v1=8dbc842b6599c1be049900723cebba01cdec937f060d8d59fd18e8efade1dbb7',
      'webhook-id': messageId,
      'webhook-timestamp': '1614265330',
      'webhook-signature': `${signature} v1,O4Gjv1HqPqsMrjmczoggs/sWA8gZD0VyHG+fLh4+ktI=`,
    });
  });

  it('are refused without a secret or with a timestamp that is not in whole seconds', () => {
    const delivery = { schemes, messageId, timestamp, body, secrets: [secret] };

    expect(() => signatureHeaders({ ...delivery, secrets: [] })).toThrow(RangeError);
    for (const wrong of [0, -1, 1.5, Number.NaN, Number.POSITIVE_INFINITY]) {
      expect(() => signatureHeaders({ ...delivery, timestamp: wrong })).toThrow(RangeError);
    }
  });
});

describe('a xavira signature', () => {
  const { secret, messageId, timestamp, body } = PUBLISHED;

  it('is the hex of the timestamp and the body under the whole secret, as a receiver computes it', () => {
    const headers = signatureHeaders({
      ...{ schemes: ['xavira'], messageId, timestamp, body },
      secrets: [secret],
    });
    const expected = createHmac('sha256', secret).update(`${timestamp}.${body}`).digest('hex');
    expect(headers).toEqual({
      'X-Xavira-Delivery': messageId,
      'X-Xavira-Timestamp': '1614265330',
      'X-Xavira-Signature': expected,
    });
  });

  it('has room for one secret', () => {
    expect(() => signXavira([secret, OTHER_SECRET], messageId, timestamp, body)).toThrow(
      RangeError,
    );
  });
});
