import { createPublicKey, generateKeyPairSync, X509Certificate } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { initSync, WasmReader } from '@contentauth/c2pa-wasm';
import type { OutputMediaType } from '@imprest/application';
import { sampleMp4 } from '@imprest/testkit';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { C2paSigner } from './c2pa-signer.js';
import { CredentialInvalid, SigningCredential } from './signing-credential.js';
import { newTrialCredential } from './trial-credential.js';

const pem = newTrialCredential(new Date('2026-11-20T12:00:00Z'));
const credential = SigningCredential.fromPem(pem, pem);
const [, authority = ''] =
  pem.match(/-----BEGIN CERTIFICATE-----[\s\S]+?-----END CERTIFICATE-----\n/g) ?? [];
const facts = { model: 'landscape-1', assetId: 'img_1', compositeWithReferences: false };

async function stateOf(
  bytes: Uint8Array,
  mediaType: string,
  known: readonly string[] = [authority],
) {
  const trust = { trust_anchors: known.join('') };
  const settings = known.length > 0 ? { trust, verify: { verify_trust: true } } : {};
  const reader = await WasmReader.fromBytes(mediaType, bytes, JSON.stringify(settings));
  const store = JSON.parse(reader.json());
  const manifest = store.manifests[store.active_manifest];
  const problems = (store.validation_status ?? []).map(({ code }: { code: string }) => code);
  return { state: store.validation_state, problems, manifest };
}

const picture = (format: 'png' | 'jpeg' | 'webp') =>
  sharp({
    create: {
      ...{ width: 96, height: 64, channels: 3, background: '#7a8694' },
      noise: { type: 'gaussian', mean: 128, sigma: 30 },
    },
  })
    .toFormat(format)
    .toBuffer();

describe('C2PA signing', () => {
  const signer = new C2paSigner(credential);

  beforeAll(() => {
    const wasm = new URL(import.meta.resolve('@contentauth/c2pa-wasm/c2pa.wasm'));
    initSync({ module: readFileSync(wasm) });
  });
  afterAll(() => signer.close());

  it.each<[OutputMediaType, 'png' | 'jpeg' | 'webp']>([
    ['image/png', 'png'],
    ['image/jpeg', 'jpeg'],
    ['image/webp', 'webp'],
  ])(
    'gives a %s that validates, until a byte of its picture is changed',
    async (mediaType, format) => {
      const unsigned = await picture(format);

      const signed = await signer.sign(unsigned, mediaType, facts);

      const whole = await stateOf(signed, mediaType);
      expect(whole).toMatchObject({ state: 'Trusted', problems: [] });
      expect(JSON.stringify(whole.manifest)).toContain('digitalsourcetype/trainedAlgorithmicMedia');
      const [before, after] = await Promise.all(
        [unsigned, signed].map((bytes) => sharp(bytes).raw().toBuffer()),
      );
      expect(after).toEqual(before);

      const needle = Buffer.from(unsigned).subarray(-60, -40);
      const changed = Uint8Array.from(signed);
      const at = Buffer.from(changed.buffer).indexOf(needle);
      expect(at).toBeGreaterThan(0);
      changed[at] = (changed[at] as number) ^ 1;
      const broken = await stateOf(changed, mediaType);
      expect(broken.state).toBe('Invalid');
      expect(broken.problems).toContain('assertion.dataHash.mismatch');
    },
  );

  it('gives an MP4 that validates, until a byte of its media data is changed', async () => {
    const signed = await signer.sign(sampleMp4({ width: 64, height: 32 }), 'video/mp4', facts);

    expect(await stateOf(signed, 'video/mp4')).toMatchObject({ state: 'Trusted', problems: [] });
    const changed = Uint8Array.from(signed);
    const at = Buffer.from(changed.buffer).indexOf(Buffer.alloc(40, 7));
    expect(at).toBeGreaterThan(0);
    changed[at] = 8;
    const broken = await stateOf(changed, 'video/mp4');
    expect(broken.problems).toContain('assertion.bmffHash.mismatch');
  });

  it('shows as signed by somebody unknown to whoever does not know the authority', async () => {
    const signed = await signer.sign(await picture('png'), 'image/png', facts);

    const { state, problems } = await stateOf(signed, 'image/png', []);

    expect(state).toBe('Valid');
    expect(problems).toEqual(['signingCredential.untrusted']);
  });

  it('fails for what is no image, and signs the next one', async () => {
    const png = await picture('png');
    const nothing = Buffer.from('no image at all');

    const [failed, signed] = await Promise.allSettled(
      [nothing, png].map((bytes) => signer.sign(bytes, 'image/png', facts)),
    );

    expect(failed).toMatchObject({ reason: { name: 'UnreadableOutput' } });
    expect(signed).toMatchObject({ status: 'fulfilled' });
  });

  it('lets what waits fail when it is closed', async () => {
    const closing = new C2paSigner(credential);
    const png = await picture('png');
    const both = Promise.allSettled([1, 2].map(() => closing.sign(png, 'image/png', facts)));

    await closing.close();

    expect((await both).map(({ status }) => status)).toEqual(['rejected', 'rejected']);
    await expect(closing.sign(new Uint8Array(1), 'image/png', facts)).rejects.toThrow('closed');
  });
});

describe('a signing credential', () => {
  it('made for trials is a chain that its own authority vouches for', () => {
    const [leaf, root] = credential.chain.map((der) => new X509Certificate(der));

    expect(
      leaf?.verify(createPublicKey(root?.publicKey.export({ type: 'spki', format: 'pem' }) ?? '')),
    ).toBe(true);
    expect(leaf?.checkIssued(root as X509Certificate)).toBe(true);
    expect(credential.notAfter.toISOString()).toBe('2036-11-20T12:00:00.000Z');
  });

  it('is refused when the key is another one, or the certificate signs itself', () => {
    const other = generateKeyPairSync('ec', { namedCurve: 'prime256v1' }).privateKey;
    const key = other.export({ type: 'pkcs8', format: 'pem' }).toString();

    expect(() => SigningCredential.fromPem(pem, key)).toThrow(CredentialInvalid);
    expect(() => SigningCredential.fromPem('', pem)).toThrow('there is no certificate');
    expect(() => SigningCredential.fromPem(pem, 'a key')).toThrow('cannot be read');
  });
});
