import { byTest, exampleIds, openAccount, SubmissionScenario } from '@imprest/testkit';
import { beforeEach, describe, expect, test } from 'vitest';
import type { NewConsent } from './confidential-consent.js';
import { ConsentEraser } from './consent-eraser.js';
import { EraseReference, EraseReferenceHandler } from './erase-reference.js';
import { RecordReferenceConsent, RecordReferenceConsentHandler } from './record-consent.js';
import { ReferenceViews } from './reference-view.js';
import { WithdrawReferenceConsent, WithdrawReferenceConsentHandler } from './withdraw-consent.js';

const { tenantId } = exampleIds;
const DAY_MS = 86_400_000;
const picture = Buffer.from('bytes of a picture');

let api: SubmissionScenario;
let eraser: ConsentEraser;
let id: string;
let consent: NewConsent;

const inDays = (days: number) => new Date(api.clock.now().getTime() + days * DAY_MS).toISOString();
const refusal = (code: string, field?: string) => ({ error: { code, ...(field && { field }) } });
const upload = () => api.references.store(tenantId, picture, 'image/png');
const record = (what: Partial<NewConsent> = {}, tenant = tenantId) => {
  const { dataKeys, secrets, clock, references, process } = api;
  const services = [process.runner, references, dataKeys, secrets, clock] as const;
  return new RecordReferenceConsentHandler(...services).execute(
    new RecordReferenceConsent(tenant, id, { ...consent, ...what }, byTest),
  );
};
const withdraw = (tenant = tenantId) =>
  new WithdrawReferenceConsentHandler(api.process.runner, api.references, eraser).execute(
    new WithdrawReferenceConsent(tenant, id, 'asked for by the person', byTest),
  );
const erase = () =>
  new EraseReferenceHandler(api.references, eraser).execute(
    new EraseReference(tenantId, id, byTest),
  );
const view = (tenant = tenantId) => {
  const { runner } = api.process;
  return new ReferenceViews(runner, api.references, api.dataKeys, api.clock).get(tenant, id);
};
const use = () => api.submit({ references: [id] });

beforeEach(async () => {
  api = new SubmissionScenario();
  eraser = new ConsentEraser(api.process.runner, api.dataKeys);
  await openAccount(api.process.runner, 1_000n, tenantId);
  ({ id } = await upload());
  const text = { person: 'Ines Example', statement: 'Portraits for the catalogue of a shop.' };
  consent = { ...text, document: 'archive/17', grantedAt: inDays(-1), expiresAt: inDays(30) };
});

describe('a reference with consent', () => {
  test('says so to its owner alone, and its events name nobody', async () => {
    expect((await view()).consent).toBeUndefined();
    await record();
    const { person, statement, document, grantedAt, expiresAt } = consent;
    expect(await view()).toEqual({
      id,
      image: { mediaType: 'image/png', bytes: picture.length },
      consent: {
        id: expect.stringMatching(/^cns_/),
        ...{ standing: 'in_force', basis: 'signed_document', grantedAt, expiresAt },
        text: { person, statement, document },
      },
    });
    await expect(view('ten_other')).rejects.toMatchObject(refusal('not_found'));
    const events = JSON.stringify(api.shared.log.events.map(({ data }) => data));
    expect(events).not.toMatch(/Ines|catalogue of a shop|archive/);
    await use();
  });

  test('keeps it however often it is recorded, and no key is left over', async () => {
    await record();
    const keys = api.shared.keys.size;
    await record();
    await expect(record({ person: 'Another' })).rejects.toMatchObject(refusal('conflict'));
    await expect(record({}, 'ten_other')).rejects.toMatchObject(refusal('not_found'));
    expect(api.history('referenceConsent')).toEqual(['ReferenceConsentRecorded']);
    expect(api.shared.keys.size).toBe(keys);
  });

  test('is refused before any debit once the consent has expired, and taken after the next', async () => {
    await record();
    api.clock.advance(31 * DAY_MS);
    const before = api.history('tokenAccount');
    await expect(use()).rejects.toMatchObject(refusal('validation_error', 'references[0]'));
    expect(api.history('tokenAccount')).toEqual(before);
    expect((await view()).consent?.standing).toBe('expired');
    await record({ expiresAt: null });
    await use();
  });
});

describe('a consent that is withdrawn', () => {
  test('takes image and texts with it, and stays known', async () => {
    await record();
    await withdraw();
    await withdraw();
    expect(await view()).toMatchObject({ image: undefined, consent: { standing: 'withdrawn' } });
    expect((await view()).consent?.text).toBeUndefined();
    expect(api.shared.keys.size).toBe(0);
    expect(api.shared.blobs.blobs.has(id)).toBe(false);
    expect(api.history('referenceConsent').at(-1)).toBe('ReferenceConsentWithdrawn');
    await expect(record()).rejects.toMatchObject(refusal('not_found'));
  });

  test('has the same image refused that is uploaded again, until there is a new consent', async () => {
    await record();
    await withdraw();
    await upload();
    const message = 'references[0] is a reference whose consent was withdrawn';
    await expect(use()).rejects.toMatchObject({ error: { message } });
    await withdraw();
    await record();
    await use();
  });

  test('has to be one that was recorded, for a reference of one’s own', async () => {
    await expect(withdraw()).rejects.toMatchObject(refusal('not_found'));
    await record();
    await expect(withdraw('ten_other')).rejects.toMatchObject(refusal('not_found'));
    expect((await view()).consent?.standing).toBe('in_force');
  });
});

describe('a reference that is erased', () => {
  test('leaves the fact of its consent and no word of it', async () => {
    await record();
    await erase();
    const { image, consent: known } = await view();
    expect(image).toBeUndefined();
    expect(known).toMatchObject({ standing: 'in_force', basis: 'signed_document' });
    expect(known?.text).toBeUndefined();
    expect(api.shared.keys.size).toBe(0);
    await expect(erase()).rejects.toMatchObject(refusal('not_found'));
  });

  test('takes the texts along also when its time is over', async () => {
    await record();
    const first = (reference: string) => eraser.eraseText(reference, 'time is over', byTest);
    await api.references.eraseUploadedBefore(new Date('2100-01-01T00:00:00.000Z'), first);
    expect(api.shared.keys.size).toBe(0);
    expect((await view()).consent?.text).toBeUndefined();
  });

  test('leaves nothing when there was no consent', async () => {
    await erase();
    await expect(view()).rejects.toMatchObject(refusal('not_found'));
    expect(api.history('referenceConsent')).toEqual([]);
  });
});
