import { beforeEach, expect, test } from 'vitest';
import { newUser, type StoreNow } from './fixtures.js';

const secondFactor = { sealed: 'v1.c2VjcmV0', dataKeyId: 'dek_1', confirmed: false };

export function storedUsersCases(store: StoreNow): void {
  beforeEach(async () => {
    for (const n of [1, 2, 3]) expect(await store().users.add(newUser(n))).toBe(true);
  });

  test('are found by e-mail and by id', async () => {
    const found = { ...newUser(2), secondFactor: null };
    expect(await store().users.byEmail('person2@example.org')).toEqual(found);
    expect(await store().users.byEmail('nobody@example.org')).toBeUndefined();
    const users = await store().users.byIds(['usr_2', 'usr_9']);
    expect([...users]).toEqual([['usr_2', found]]);
    expect((await store().users.byIds([])).size).toBe(0);
  });

  test('have an id and an e-mail of their own', async () => {
    expect(await store().users.add(newUser(4, 'person1@example.org'))).toBe(false);
    expect(await store().users.add(newUser(1, 'other@example.org'))).toBe(false);
    const added = await Promise.all([5, 6].map((n) => store().users.add(newUser(n, 'one@e.org'))));
    expect(added.filter(Boolean)).toHaveLength(1);
  });

  test('come in pages, the newest first', async () => {
    const first = await store().users.page(2);
    expect(first.map(({ userId }) => userId)).toEqual(['usr_3', 'usr_2']);
    const second = await store().users.page(2, 'usr_2');
    expect(second.map(({ userId }) => userId)).toEqual(['usr_1']);
  });

  test('change their password', async () => {
    await store().users.setPassword('usr_1', 'another hash');
    expect((await store().users.byEmail('person1@example.org'))?.passwordHash).toBe('another hash');
  });

  test('have a second factor until it is removed', async () => {
    await store().users.setSecondFactor('usr_1', secondFactor);
    expect((await store().users.byEmail('person1@example.org'))?.secondFactor).toEqual(
      secondFactor,
    );
    await store().users.setSecondFactor('usr_1', null);
    expect((await store().users.byEmail('person1@example.org'))?.secondFactor).toBeNull();
  });

  test('use the code of a time step once, and no earlier one after it', async () => {
    await store().users.setSecondFactor('usr_1', secondFactor);
    const taken = await Promise.all([7, 7, 7].map((n) => store().users.takeTimeStep('usr_1', n)));
    expect(taken.filter(Boolean)).toHaveLength(1);
    expect(await store().users.takeTimeStep('usr_1', 6)).toBe(false);
    expect(await store().users.takeTimeStep('usr_1', 8)).toBe(true);
    expect(await store().users.takeTimeStep('usr_2', 8)).toBe(false);
  });

  test('keep their used steps when the factor is confirmed, and begin anew with another one', async () => {
    await store().users.setSecondFactor('usr_1', secondFactor);
    await store().users.takeTimeStep('usr_1', 7);
    await store().users.setSecondFactor('usr_1', { ...secondFactor, confirmed: true });
    expect(await store().users.takeTimeStep('usr_1', 7)).toBe(false);
    await store().users.setSecondFactor('usr_1', { ...secondFactor, sealed: 'v1.b3RoZXI=' });
    expect(await store().users.takeTimeStep('usr_1', 7)).toBe(true);
  });

  test('are looked for in the tenants that were named', async () => {
    for (const tenant of ['ten_2', 'ten_1', 'ten_2'])
      await store().users.addTenant('usr_1', tenant);
    expect(await store().users.tenantsOf('usr_1')).toEqual(['ten_1', 'ten_2']);
    expect(await store().users.tenantsOf('usr_2')).toEqual([]);
    await store().users.removeTenant('usr_1', 'ten_1');
    expect(await store().users.tenantsOf('usr_1')).toEqual(['ten_2']);
  });

  test('keep identities elsewhere to themselves', async () => {
    const identity = { issuer: 'https://id.example.org', subject: '4711' };
    expect(await store().users.addExternal('usr_1', identity)).toBe(true);
    expect(await store().users.addExternal('usr_1', identity)).toBe(true);
    expect(await store().users.addExternal('usr_2', identity)).toBe(false);
    expect((await store().users.byExternal(identity))?.userId).toBe('usr_1');
    const other = { ...identity, issuer: 'https://other.example.org' };
    expect(await store().users.byExternal(other)).toBeUndefined();
  });
}
