import { UnreadableOutput } from '@imprest/application';
import { C2paSigner, newTrialCredential, SigningCredential } from '@imprest/c2pa-signing';
import { readXmp, sniffOutput } from '@imprest/provenance-marking';
import { blankPng } from '@imprest/testkit';
import { afterAll, describe, expect, it } from 'vitest';
import { ProvenanceMarks } from './provenance-marks.js';

const pem = newTrialCredential(new Date('2026-11-20T12:00:00Z'));
const signer = new C2paSigner(SigningCredential.fromPem(pem, pem));
const marks = new ProvenanceMarks(signer);
const image = blankPng(64, 32);
const facts = { model: 'landscape-1', assetId: 'img_7', compositeWithReferences: true };

describe('the marks of an output', () => {
  afterAll(() => signer.close());

  it('are XMP with what made it and of what, and then a manifest over all of it', async () => {
    const { bytes, marks: made } = await marks.mark(image, 'image/png', facts);

    expect(made).toEqual(['xmp', 'c2pa']);
    const xmp = readXmp(bytes, 'image/png');
    expect(xmp).toContain('compositeWithTrainedAlgorithmicMedia');
    expect(xmp).toContain('Imprest, model landscape-1');
    expect(xmp).toContain('img_7');
    expect(Buffer.from(bytes).includes('c2pa.claim')).toBe(true);
    expect(sniffOutput(bytes)).toMatchObject({ mediaType: 'image/png', width: 64, height: 32 });
  });

  it('are XMP alone without a signer', async () => {
    const { bytes, marks: made } = await new ProvenanceMarks(undefined).mark(
      image,
      'image/png',
      facts,
    );

    expect(made).toEqual(['xmp']);
    expect(Buffer.from(bytes).includes('c2pa.claim')).toBe(false);
  });

  it('fit into no file that is not what it is said to be', async () => {
    await expect(marks.mark(image, 'image/jpeg', facts)).rejects.toThrow(UnreadableOutput);
  });
});
