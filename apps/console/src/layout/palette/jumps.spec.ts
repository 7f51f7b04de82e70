import { describe, expect, it } from 'vitest';
import type { SignedIn } from '../../session/session.ts';
import { jumpTo, mayBeId, operatorJumps } from './jumps.ts';

const REQUEST = 'req_01h5z8k2m4n6p8r0t2v4x6y8z0';

describe('jumps from the palette', () => {
  it('lead to the page of what was found', () => {
    const found = (path: string) => ({ kind: 'image', id: 'img_1', name: null, path });
    expect(jumpTo('studio', found(`/v1/generations/${REQUEST}`))?.to).toBe(
      `/t/studio/generations/${REQUEST}`,
    );
    expect(jumpTo('studio', found('/v1/end-users/ada%40example.com'))?.to).toBe(
      '/t/studio/end-users/ada%40example.com',
    );
    expect(jumpTo('studio', found('/v1/keys/abc'))?.to).toBe('/t/studio/keys');
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

  it('lead operators to the desks of their roles alone', () => {
    const session = { operatorRoles: ['finance'] } as unknown as SignedIn;
    expect(operatorJumps(session, REQUEST).map(({ to }) => to)).toEqual(['/finance/entries']);
    expect(operatorJumps({ ...session, operatorRoles: ['owner'] }, REQUEST)).toHaveLength(2);
    expect(operatorJumps({ ...session, operatorRoles: [] }, REQUEST)).toEqual([]);
  });

  it('are looked for by ids and e-mails, not by words', () => {
    expect([REQUEST, 'ada@example.com', 'imp_live_ab12'].every(mayBeId)).toBe(true);
    expect(['keys', 'webhooks', 'end users 2', ''].some(mayBeId)).toBe(false);
  });
});
