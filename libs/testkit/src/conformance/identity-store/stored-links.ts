import { beforeEach, expect, test } from 'vitest';
import { at, invitation, link, newUser, type StoreNow } from './fixtures.js';

export function storedLinksCases(store: StoreNow): void {
  const find = (token: string, minutes = 0) => store().links.find(`hash of ${token}`, at(minutes));

  beforeEach(async () => {
    await store().users.add(newUser(1));
  });

  test('work until they are over', async () => {
    await store().links.add(link('a'));
    expect(await find('a', 14)).toEqual(link('a'));
    expect(await find('a', 15)).toBeUndefined();
    expect(await store().links.take('hash of a', at(15))).toBeUndefined();
  });

  test('are taken by one caller only', async () => {
    await store().links.add(invitation(1));
    const take = () => store().links.take('hash of invitation 1', at(1));
    const taken = await Promise.all([take(), take(), take()]);
    expect(taken.filter((each) => each !== undefined)).toEqual([invitation(1)]);
    expect(await find('invitation 1')).toBeUndefined();
  });

  test('of a tenant are its open invitations', async () => {
    for (const each of [invitation(2), invitation(1), invitation(3, 'ten_2'), link('a')]) {
      await store().links.add(each);
    }
    expect(await store().links.invitations('ten_1', at(10))).toEqual([
      invitation(1),
      invitation(2),
    ]);
    expect(await store().links.invitations('ten_1', at(11))).toEqual([invitation(2)]);
  });

  test('go when an invitation is withdrawn, or with all others of a user', async () => {
    for (const each of [invitation(1), invitation(2), link('a'), link('b')]) {
      await store().links.add(each);
    }
    await store().links.removeInvitation('inv_1');
    expect(await find('invitation 1')).toBeUndefined();
    expect(await find('invitation 2')).toBeDefined();
    await store().links.removeOf('usr_1');
    expect([await find('a'), await find('b')]).toEqual([undefined, undefined]);
    expect(await find('invitation 2')).toBeDefined();
  });
}
