import { spawnSync } from 'node:child_process';
import { createHmac, generateKeyPairSync, sign } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import type { WebhookScheme } from './endpoint.ts';
import { verifyInNode } from './verify-in-node.ts';
import { verifyInPython } from './verify-in-python.ts';

type Verify = (headers: Record<string, string>, rawBody: Buffer, key: string) => boolean;

async function shown(scheme: WebhookScheme): Promise<Verify> {
  const url = `data:text/javascript,${encodeURIComponent(verifyInNode(scheme))}`;
  const { isFromImprest } = (await import(/* @vite-ignore */ url)) as { isFromImprest: Verify };
  return isFromImprest;
}

const SECRET = 'whsec_AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=';
const body = Buffer.from('{"requestId":"req_01kf0abt7y8c9d1q5f6g7h8j9k"}');
const now = () => Math.floor(Date.now() / 1000).toString();
const hmacOf = (key: string | Buffer, signed: string) =>
  createHmac('sha256', key).update(signed).update(body);

/** Headers that nobody of ours sends: to be told from a delivery, and never to end the receiver. */
const hostile = (headers: Record<string, string>): readonly Record<string, string>[] =>
  Object.keys(headers).flatMap((name) =>
    ['é', 'v1a,é', 'v1a,A', 'v1,\u{1f600}', '²', '٣', '9'.repeat(5_000), ''].map((value) => ({
      ...headers,
      [name]: value,
    })),
  );

function delivery(scheme: WebhookScheme, timestamp: string): Record<string, string> {
  if (scheme === 'standard') {
    const hmac = hmacOf(Buffer.from(SECRET.slice(6), 'base64'), `msg_1.${timestamp}.`);
    return {
      'webhook-id': 'msg_1',
      'webhook-timestamp': timestamp,
      'webhook-signature': `v1,b3RoZXI= v1,${hmac.digest('base64')}`,
    };
  }
  const signature = hmacOf(SECRET, `${timestamp}.`).digest('hex');
  return {
    [`x-${scheme}-timestamp`]: timestamp,
    [`x-${scheme}-signature`]: scheme === 'xmode' ? `v1=00,v1=${signature}` : signature,
  };
}

describe('the function for Node that the console shows', () => {
  it.each(['standard', 'xmode', 'xavira'] as const)('takes what %s has signed', async (scheme) => {
    const verify = await shown(scheme);
    expect(verify(delivery(scheme, now()), body, SECRET)).toBe(true);
  });

  it.each(['standard', 'xmode', 'xavira'] as const)(
    'refuses in %s another body, another secret, and what is old',
    async (scheme) => {
      const verify = await shown(scheme);
      const headers = delivery(scheme, now());
      expect(verify(headers, Buffer.from('{}'), SECRET)).toBe(false);
      expect(verify(headers, body, 'whsec_AAAA')).toBe(false);
      expect(verify(delivery(scheme, '1763600000'), body, SECRET)).toBe(false);
      expect(verify({}, body, SECRET)).toBe(false);
      for (const each of hostile(headers)) expect(verify(each, body, SECRET)).toBe(false);
    },
  );

  it('checks Ed25519 by the public key', async () => {
    const verify = await shown('standard-ed25519');
    const pair = generateKeyPairSync('ed25519');
    const raw = pair.publicKey.export({ format: 'der', type: 'spki' }).subarray(-32);
    const publicKey = `whpk_${raw.toString('base64')}`;
    const timestamp = now();
    const signed = Buffer.concat([Buffer.from(`msg_1.${timestamp}.`), body]);
    const headers = {
      'webhook-id': 'msg_1',
      'webhook-timestamp': timestamp,
      'webhook-signature': `v1a,${sign(null, signed, pair.privateKey).toString('base64')}`,
    };

    expect(verify(headers, body, publicKey)).toBe(true);
    expect(verify(headers, Buffer.from('{}'), publicKey)).toBe(false);
    for (const each of hostile(headers)) expect(verify(each, body, publicKey)).toBe(false);
  });
});

const hasPython = spawnSync('python3', ['--version']).status === 0;
if (!hasPython) console.info('Python: its snippets are left out, since there is no python3');

describe.runIf(hasPython)('what is shown for Python', () => {
  const CALLS = `
import json, sys
for headers, raw_body, key in json.load(sys.stdin):
    print(is_from_imprest(headers, raw_body.encode(), key))
`;
  const answers = (scheme: WebhookScheme, calls: readonly object[]) => {
    const program = `${verifyInPython(scheme)}${CALLS}`;
    const input = JSON.stringify(calls);
    const { stdout, stderr } = spawnSync('python3', ['-c', program], { input, encoding: 'utf8' });
    expect(stderr).toBe('');
    return stdout.trim().split('\n');
  };

  it.each(['standard', 'xmode', 'xavira'] as const)('tells in %s ours from others', (scheme) => {
    const headers = delivery(scheme, now());
    const text = body.toString();
    const others = [{}, delivery(scheme, '1763600000'), ...hostile(headers)];
    const calls = [
      [headers, text, SECRET],
      [headers, '{}', SECRET],
      ...others.map((each) => [each, text, SECRET]),
    ];
    expect(answers(scheme, calls)).toEqual(['True', ...calls.slice(1).map(() => 'False')]);
  });
});
