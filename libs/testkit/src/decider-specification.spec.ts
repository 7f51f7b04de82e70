import {
  accepted,
  type Decider,
  domainError,
  rejected,
  tenant,
  validationError,
} from '@imprest/domain';
import { describe, expect, test } from 'vitest';
import { given } from './decider-specification.js';

type Counted = { readonly type: 'Counted'; readonly by: number };

/** Counts up; refuses what is not positive, ignores 1, and cheats on 13. */
const counter: Decider<number, { sum: number }, Counted> = {
  category: 'counter',
  initialState: () => ({ sum: 0 }),
  decide(by, state) {
    if (by === 13) state.sum = 13;
    if (by < 0) return rejected(domainError('conflict', 'cannot count down'));
    if (by === 0) return rejected(validationError('by', 'must be more than 0'));
    return by === 1 ? accepted() : accepted({ type: 'Counted', by });
  },
  evolve: (state, { by }) => ({ sum: state.sum + by }),
};

const counted = (by: number): Counted => ({ type: 'Counted', by });

describe('a specification that the decider keeps', () => {
  test('passes for events, none, a rejection and the state', () => {
    given(counter, counted(2)).when(3).then(counted(3));
    given(counter).when(1).thenNothingHappened();
    given(counter).when(0).thenRejected('validation_error', 'by');
    given(counter).when(-1).thenRejected('conflict', { message: 'cannot count down' });
    given(counter, counted(2))
      .when(3)
      .thenState((state) => expect(state.sum).toBe(5));
  });
});

describe('a specification that the decider breaks', () => {
  test.each([
    ['other events', () => given(counter).when(3).then(counted(4))],
    ['more events', () => given(counter).when(3).then(counted(3), counted(3))],
    ['an event where none is expected', () => given(counter).when(3).thenNothingHappened()],
    ['no event where one is expected', () => given(counter).when(1).then(counted(1))],
    ['a rejection where events are expected', () => given(counter).when(0).then(counted(0))],
    ['a rejection where a repeat is expected', () => given(counter).when(0).thenNothingHappened()],
    [
      'a rejection where a state is expected',
      () =>
        given(counter)
          .when(0)
          .thenState(() => {}),
    ],
    ['events where a rejection is expected', () => given(counter).when(3).thenRejected('conflict')],
    ['another code', () => given(counter).when(0).thenRejected('conflict')],
    ['another field', () => given(counter).when(0).thenRejected('validation_error', 'to')],
    ['a missing field', () => given(counter).when(-1).thenRejected('conflict', 'by')],
    [
      'another message',
      () => given(counter).when(-1).thenRejected('conflict', { message: 'cannot' }),
    ],
  ])('fails for %s', (_, specification) => {
    expect(specification).toThrow();
  });

  test('fails when deciding changes the state', () => {
    expect(() => given(counter).when(13)).toThrow('decide changed the state');
  });
});

test('a history is folded anew for every given, so specifications share nothing', () => {
  const created = {
    type: 'TenantCreated',
    data: { name: 'Atlas', webhookSecret: { sealed: 'v1.a', dataKeyId: 'dek' } },
  } as const;
  const create = { type: 'CreateTenant', ...created.data } as const;
  given(tenant).when(create).then(created);
  given(tenant).when(create).then(created);
});
