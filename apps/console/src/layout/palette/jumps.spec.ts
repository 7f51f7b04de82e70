import { describe, expect, it } from 'vitest';
import type { SignedIn } from '../../session/session.ts';
import { jumpTo, mayBeId } from './jumps.ts';
import { operatorJumps } from './operator-jumps.ts';

const REQUEST = 'req_01h5z8k2m4n6p8r0t2v4x6y8z0';

describe('jumps to pages of a tenant', () => {
  it('lead to the page of what was found', () => {
    const found = (path: string) => ({ kind: 'image', id: 'img_1', name: null, path });
    expect(jumpTo('studio', found(`/v1/generations/${REQUEST}`))?.to).toBe(
      `/t/studio/generations/${REQUEST}`,
    );
    expect(jumpTo('studio', found('/v1/end-users/ada%40example.com'))?.to).toBe(
      '/t/studio/end-users/ada%40example.com',
    );
    expect(jumpTo('studio', found('/v1/keys/abc'))?.to).toBe('/t/studio/keys');
    expect(jumpTo('studio', found('/v1/ledger/lots'))?.to).toBe('/t/studio/lots');
    expect(jumpTo('studio', found('/v2/unheard-of'))).toBeUndefined();
  });

  it('say what is found by its name and its id', () => {
    const endUser = {
      kind: 'end_user',
      id: 'eu_1',
      name: 'ada@example.com',
      path: '/v1/end-users/a',
    };
    expect(jumpTo('studio', endUser)?.label).toBe('end user: ada@example.com (eu_1)');
  });

  it('are looked for by ids and e-mails, not by words', () => {
    expect([REQUEST, 'ada@example.com', 'imp_live_ab12'].every(mayBeId)).toBe(true);
    expect(['keys', 'webhooks', 'end users 2', ''].some(mayBeId)).toBe(false);
  });
});

describe('jumps to the desks of operators', () => {
  const generation = { kind: 'generation', id: REQUEST, tenantId: 'studio', path: '/x' };
  const as = (...operatorRoles: SignedIn['operatorRoles']) => ({ operatorRoles }) as SignedIn;

  it('lead to those of the roles alone', () => {
    expect(operatorJumps(as('finance'), generation)).toEqual([
      {
        to: '/finance/entries',
        search: { generationId: REQUEST },
        label: `Entries of generation: ${REQUEST} of studio`,
      },
    ]);
    expect(operatorJumps(as('owner'), generation)).toHaveLength(3);
    expect(operatorJumps(as(), generation)).toEqual([]);
  });

  it('lead to the stream of what has no page', () => {
    const key = { kind: 'key', id: 'k1', tenantId: null, path: '/admin/v1/streams/apiKey-k%201' };
    expect(operatorJumps(as('operations'), key)).toEqual([
      { to: '/operations/events', search: { stream: 'apiKey-k 1' }, label: 'Events of key: k1' },
    ]);
  });
});
