import { type RecordedEvent, streamCategory, toDomainEvent } from '@imprest/event-catalogue';
import { byTest, exampleIds, openAccount, SubmissionScenario, storedImage } from '@imprest/testkit';
import { beforeEach, describe, expect, test } from 'vitest';
import { CharacterEraser } from '../characters/delete-character.js';
import {
  endUserStream,
  generationStream,
  referenceConsentStream,
} from '../deciding/stream-types.js';
import {
  EraseGeneration,
  EraseGenerationHandler,
  GenerationEraser,
} from '../generations/erase-generation.js';
import { loadGeneration } from '../generations/load-generation.js';
import { WithheldOutputs } from '../moderation/index.js';
import { ConsentEraser } from '../references/consent-eraser.js';
import { EndUserEraser } from './end-user-eraser.js';
import { EraseEndUser, EraseEndUserHandler } from './erase-end-user.js';
import { Erasure } from './erasure.js';

const { tenantId } = exampleIds;
const ada = 'ada@example.com';
const bob = 'bob@example.com';

let api: SubmissionScenario;
let generations: GenerationEraser;
let endUsers: EndUserEraser;
let characters: CharacterEraser;
let consents: ConsentEraser;

const refusal = (code: string) => ({ error: { code } });
const run = (id: string, command: Parameters<typeof generationStream.decider.decide>[0]) =>
  api.process.runner.run(generationStream, id, command, byTest);
const eraseGeneration = (id: string, tenant = tenantId) =>
  new EraseGenerationHandler(generations, api.process.store).execute(
    new EraseGeneration(tenant, id, byTest),
  );
const eraseEndUser = (email: string, tenant = tenantId) =>
  new EraseEndUserHandler(api.process.runner, api.endUsers, endUsers).execute(
    new EraseEndUser(tenant, email, byTest),
  );
const viewOf = async (id: string) => {
  const view = await loadGeneration(api.process.store, id);
  if (view === undefined) throw new Error(`there is no ${id}`);
  return view;
};

/** A generation that has ended with two images that are stored. */
async function finished(endUserEmail = ada): Promise<string> {
  const { id } = await api.submit({ endUserEmail, images: 2 });
  const stored = [];
  for (const index of [0, 1]) {
    const assetId = `img_${id.slice(-8)}_${index}`;
    const { keyId } = await api.assets.put(assetId, Buffer.from('pixels'), 'image/png');
    stored.push(storedImage(index, { assetId, dataKeyId: keyId }));
  }
  await run(id, { type: 'CompleteGeneration', stored, lost: [] });
  return id;
}

/** Whether anything of it can still be read. */
async function readable(id: string): Promise<boolean> {
  const { dataKeyId, images } = await viewOf(id);
  const keys = await api.dataKeys.open([dataKeyId, ...images.map((image) => image.dataKeyId)]);
  const blobs = images.filter(({ assetId }) => api.shared.blobs.blobs.has(assetId));
  return keys.size > 0 || blobs.length > 0;
}

/** The reactor has everything that has happened, as after any crash. */
async function react(wanted: (event: RecordedEvent) => boolean = () => true): Promise<void> {
  const erasure = new Erasure(generations, endUsers, characters, consents, api.index);
  for (const event of [...api.shared.log.events]) {
    if (!erasure.categories.includes(streamCategory(event.stream)) || !wanted(event)) continue;
    await erasure.react(event);
  }
}

beforeEach(async () => {
  api = new SubmissionScenario();
  const { runner, store } = api.process;
  const withheld = new WithheldOutputs(api.assets, api.shared.blobs, 30);
  generations = new GenerationEraser(runner, api.assets, withheld, store, api.dataKeys);
  characters = new CharacterEraser(runner, api.dataKeys);
  consents = new ConsentEraser(runner, api.dataKeys);
  endUsers = new EndUserEraser(generations, store, api.dataKeys, api.index);
  await openAccount(runner, 1_000n, tenantId);
});

test('a consent that was withdrawn is made good after a crash, and no image that came since', async () => {
  const upload = (text: string) => api.assets.put('ref_1', Buffer.from(text), 'image/png');
  const { id: dataKeyId } = await api.dataKeys.take();
  const [imageKeyId, now] = [(await upload('first')).keyId, api.clock.now().toISOString()];
  const facts = { tenantId, consentId: 'cns_1', basis: 'statement', fingerprint: '' } as const;
  const consent = { ...facts, grantedAt: now, expiresAt: null, confidential: '', dataKeyId };
  const { runner } = api.process;
  const record = { type: 'RecordConsent', consent, now } as const;
  const withdraw = { type: 'WithdrawConsent', reason: 'asked for', imageKeyId } as const;
  for (const each of [record, withdraw]) {
    await runner.run(referenceConsentStream, 'ref_1', each, byTest);
  }
  const since = await upload('second');
  await react();
  expect([...api.shared.keys.keys()]).toEqual([since.keyId]);
});

describe('erasing a generation', () => {
  test('destroys its keys and images; the amounts stay', async () => {
    const id = await finished();
    const other = await finished();
    await eraseGeneration(id);
    expect(await readable(id)).toBe(false);
    expect(await readable(other)).toBe(true);
    expect(await viewOf(id)).toMatchObject({ erased: true, charged: '20', refunded: '0' });
  });

  test('is refused while it is open', async () => {
    const { id } = await api.submit();
    await expect(eraseGeneration(id)).rejects.toMatchObject(refusal('conflict'));
    await run(id, { type: 'StartGeneration', attempt: 1 });
    await expect(eraseGeneration(id)).rejects.toMatchObject(refusal('conflict'));
    expect(await readable(id)).toBe(true);
  });

  test.each(['another tenant’s', 'an unknown', 'an erased', 'a malformed'])(
    'of %s id is not found',
    async (which) => {
      const id = await finished();
      if (which === 'an erased') await eraseGeneration(id);
      const asked = { 'an unknown': `req_${'0'.repeat(26)}`, 'a malformed': '../req' }[which] ?? id;
      const tenant = which === 'another tenant’s' ? 'ten_other' : tenantId;
      await expect(eraseGeneration(asked, tenant)).rejects.toMatchObject(refusal('not_found'));
    },
  );

  test('that a crash has cut off after the fact is ended by the reactor', async () => {
    const id = await finished();
    const destroy = api.dataKeys.destroy.bind(api.dataKeys);
    api.dataKeys.destroy = () => Promise.reject(new Error('connection lost'));
    await expect(eraseGeneration(id)).rejects.toThrow('connection lost');
    api.dataKeys.destroy = destroy;
    expect([(await viewOf(id)).erased, await readable(id)]).toEqual([true, true]);
    await react();
    expect(await readable(id)).toBe(false);
  });

  test('that a crash has cut off between keys and images is ended by the reactor', async () => {
    const id = await finished();
    const remove = api.shared.blobs.delete.bind(api.shared.blobs);
    api.shared.blobs.delete = () => Promise.reject(new Error('storage away'));
    await expect(eraseGeneration(id)).rejects.toThrow('storage away');
    await expect(react()).rejects.toThrow('storage away');
    api.shared.blobs.delete = remove;
    await react();
    await react();
    expect(await readable(id)).toBe(false);
  });
});

describe('erasing an end user', () => {
  const open = (id: string) => viewOf(id).then(({ status }) => status);

  test('erases all generations and the e-mail, and counts them', async () => {
    const ids = [await finished(), await finished(), (await api.submit()).id];
    const bobs = await finished(bob);
    const registrations = api.shared.log.events.filter(({ type }) => type === 'EndUserRegistered');
    api.index.catchUp();
    expect(await eraseEndUser(ada)).toEqual({ deleted: 3 });
    for (const id of ids) expect(await readable(id)).toBe(false);
    expect(await open(ids[2] as string)).toBe('cancelled');
    expect(await readable(bobs)).toBe(true);
    const keys = registrations.map(({ data }) => String(data.dataKeyId));
    expect((await api.dataKeys.open(keys)).size).toBe(1);
  });

  test('goes through more than one page', async () => {
    await openAccount(api.process.runner, 5_000n, 'ten_large');
    const submitter = { tenantId: 'ten_large' };
    await Promise.all(Array.from({ length: 230 }, () => api.submit({}, submitter)));
    api.index.catchUp();
    expect(await eraseEndUser(ada, 'ten_large')).toEqual({ deleted: 230 });
  });

  test('of an e-mail never seen is not found', async () => {
    await finished();
    await expect(eraseEndUser('eve@example.com')).rejects.toMatchObject(refusal('not_found'));
    await expect(eraseEndUser(ada, 'ten_other')).rejects.toMatchObject(refusal('not_found'));
  });

  test('may be repeated, and then erases what has come in under the same e-mail', async () => {
    await finished();
    api.index.catchUp();
    expect(await eraseEndUser(ada)).toEqual({ deleted: 1 });
    expect(await eraseEndUser(ada)).toEqual({ deleted: 0 });
    const late = await finished();
    api.index.catchUp();
    expect(await eraseEndUser(ada)).toEqual({ deleted: 1 });
    expect(await readable(late)).toBe(false);
  });

  test('keeps a block', async () => {
    await finished();
    const id = api.endUsers.pseudonym(tenantId, ada);
    const block = { type: 'BlockEndUser', reason: 'abuse' } as const;
    await api.process.runner.run(endUserStream, id, block, byTest);
    await eraseEndUser(ada);
    await expect(api.submit()).rejects.toMatchObject(refusal('forbidden'));
  });

  test('reaches generations that the index did not know of yet', async () => {
    const known = await finished();
    api.index.catchUp();
    const unknown = await finished();
    expect(await eraseEndUser(ada)).toEqual({ deleted: 1 });
    expect([await readable(known), await readable(unknown)]).toEqual([false, true]);
    api.index.catchUp();
    await react();
    expect(await readable(unknown)).toBe(false);
  });

  test('waits for the index rather than miss a generation', async () => {
    const id = await finished();
    await eraseEndUser(ada);
    const reacting = react();
    await new Promise((resolve) => setTimeout(resolve, 150));
    expect(await readable(id)).toBe(true);
    api.index.catchUp();
    await reacting;
    expect(await readable(id)).toBe(false);
  });

  test('fails, to be asked again, when the index does not come', async () => {
    await finished();
    await eraseEndUser(ada);
    await expect(react()).rejects.toThrow('the index of generations has not come to position');
  });

  test('leaves alone what was requested after it, however late the reactor comes', async () => {
    await finished();
    api.index.catchUp();
    await eraseEndUser(ada);
    const later = await finished();
    api.index.catchUp();
    await react();
    expect(await readable(later)).toBe(true);
    const [registration] = api.shared.log.events
      .filter(({ type }) => type === 'EndUserRegistered')
      .slice(-1)
      .map(toDomainEvent);
    if (registration?.type !== 'EndUserRegistered') throw new Error('not registered again');
    expect((await api.dataKeys.open([registration.data.dataKeyId])).size).toBe(1);
  });

  test('that a crash has cut off after the fact is ended by the reactor', async () => {
    const id = await finished();
    api.index.catchUp();
    const destroy = api.dataKeys.destroy.bind(api.dataKeys);
    api.dataKeys.destroy = () => Promise.reject(new Error('connection lost'));
    await expect(eraseEndUser(ada)).rejects.toThrow('connection lost');
    api.dataKeys.destroy = destroy;
    api.index.catchUp();
    await react();
    expect(await readable(id)).toBe(false);
    const [{ data }] = api.shared.log.events.filter(({ type }) => type === 'EndUserRegistered') as [
      RecordedEvent,
    ];
    expect((await api.dataKeys.open([String(data.dataKeyId)])).size).toBe(0);
  });
});
