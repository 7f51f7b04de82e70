import { DomainFailure, type Principal } from '@imprest/application';
import { type ApiKeyScope, domainError } from '@imprest/domain';
import { expect, test } from 'vitest';
import type { AccountFinders } from './account-finders.js';
import type { ContentFinders } from './content-finders.js';
import type { Finder } from './found.js';
import type { PeopleFinders } from './people-finders.js';
import { Things } from './things.js';

const asking = (...scopes: readonly ApiKeyScope[]) =>
  ({ tenantId: 'studio', scopes: new Set(scopes) }) as unknown as Principal;

const lot: Finder = {
  scope: 'ledger:read',
  spelled: (text) => text.startsWith('l'),
  find: async (tenantId, id) => ({ kind: 'lot', id, name: tenantId, path: '/v1/ledger/lots' }),
};
const absent: Finder = {
  scope: 'keys:read',
  spelled: () => true,
  find: () => Promise.reject(new DomainFailure(domainError('not_found', 'there is no key'))),
};
const broken: Finder = {
  scope: 'members:read',
  spelled: () => true,
  find: () => Promise.reject(new Error('out of reach')),
};

const things = new Things(
  { all: [lot] } as unknown as ContentFinders,
  { all: [absent] } as unknown as AccountFinders,
  { all: [broken] } as unknown as PeopleFinders,
);

test('what goes by the text is found in the tenant that asks', async () => {
  const found = await things.find(asking('ledger:read', 'keys:read'), 'l1');
  expect(found).toEqual([{ kind: 'lot', id: 'l1', name: 'studio', path: '/v1/ledger/lots' }]);
});

test('nobody is asked for what the key may not see, or for what cannot go by the text', async () => {
  expect(await things.find(asking('keys:read'), 'l1')).toEqual([]);
  expect(await things.find(asking('ledger:read'), 'x1')).toEqual([]);
});

test('what cannot be looked up is no nothing', async () => {
  await expect(things.find(asking('members:read'), 'l1')).rejects.toThrow('out of reach');
});
