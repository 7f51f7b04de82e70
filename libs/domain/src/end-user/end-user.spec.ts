import { given } from '@imprest/testkit/domain';
import { describe, expect, test } from 'vitest';
import { type EndUserEvent, endUser } from './index.js';

const personal = { tenantId: 'ten', confidential: 'v1.sealed', dataKeyId: 'dek1' };

const register = { type: 'RegisterEndUser', ...personal } as const;
const block = { type: 'BlockEndUser', reason: 'abuse' } as const;
const unblock = { type: 'UnblockEndUser', reason: 'appeal' } as const;
const refuse = { type: 'RecordRefusedPrompt', category: 'violence', reviewer: 'rules@1' } as const;
const erase = { type: 'EraseEndUser', reason: 'asked for' } as const;

const registered: EndUserEvent = { type: 'EndUserRegistered', data: personal };
const blocked: EndUserEvent = { type: 'EndUserBlocked', data: { reason: 'abuse', caseId: null } };
const unblocked: EndUserEvent = {
  type: 'EndUserUnblocked',
  data: { reason: 'appeal', caseId: null, stillBlocked: null },
};
const erased: EndUserEvent = { type: 'EndUserErased', data: { reason: 'asked for' } };

describe('RegisterEndUser', () => {
  test('registers at first sight', () => {
    given(endUser).when(register).then(registered);
  });

  test('repeated, nothing happens, also with another key', () => {
    given(endUser, registered).when(register).thenNothingHappened();
    given(endUser, registered)
      .when({ ...register, dataKeyId: 'dek2' })
      .thenNothingHappened();
  });

  test('after an erasure registers anew, and a block has outlived it', () => {
    given(endUser, registered, blocked, erased).when(register).then(registered);
    given(endUser, registered, blocked, erased)
      .when(register)
      .thenState((state) => {
        expect(state).toEqual({
          registered: true,
          erased: false,
          blocked: 'abuse',
          blocks: [{ reason: 'abuse', caseId: null }],
          dataKeyId: 'dek1',
        });
      });
  });
});

describe('an unknown end user', () => {
  test.each([block, unblock, refuse, erase])('is not found by $type', (command) => {
    given(endUser).when(command).thenRejected('not_found');
  });

  test.each([block, unblock, refuse])('is what an erased one is for $type', (command) => {
    given(endUser, registered, erased).when(command).thenRejected('not_found');
  });
});

describe('BlockEndUser and UnblockEndUser', () => {
  test('block, once', () => {
    given(endUser, registered).when(block).then(blocked);
    given(endUser, registered, blocked).when(block).thenNothingHappened();
  });

  test('unblock, once', () => {
    given(endUser, registered, blocked).when(unblock).then(unblocked);
    given(endUser, registered, blocked, unblocked).when(unblock).thenNothingHappened();
    given(endUser, registered).when(unblock).thenNothingHappened();
  });
});

describe('a block by moderation', () => {
  const caseId = 'case_1';
  const byCase: EndUserEvent = { type: 'EndUserBlocked', data: { reason: 'minors', caseId } };

  test('stands beside that of the tenant, who cannot lift it', () => {
    given(endUser, registered, blocked)
      .when({ ...block, reason: 'minors', caseId })
      .then(byCase);
    given(endUser, registered, byCase).when(unblock).thenRejected('forbidden');
    given(endUser, registered, byCase, blocked)
      .when(unblock)
      .then({
        type: 'EndUserUnblocked',
        data: { reason: 'appeal', caseId: null, stillBlocked: 'minors' },
      });
  });

  test('is lifted by the case that made it, and no other', () => {
    given(endUser, registered, byCase)
      .when({ ...unblock, caseId: 'case_2' })
      .thenNothingHappened();
    given(endUser, registered, byCase)
      .when({ ...unblock, caseId })
      .then({
        type: 'EndUserUnblocked',
        data: { reason: 'appeal', caseId, stillBlocked: null },
      });
  });

  test('reaches who was erased: the pseudonym is there', () => {
    given(endUser, registered, erased)
      .when({ ...block, reason: 'minors', caseId })
      .then(byCase);
    given(endUser)
      .when({ ...block, caseId })
      .thenRejected('not_found');
  });
});

describe('RecordRefusedPrompt', () => {
  test('states category and reviewer, each time', () => {
    const refused: EndUserEvent = {
      type: 'EndUserPromptRefused',
      data: { category: 'violence', reviewer: 'rules@1' },
    };
    given(endUser, registered).when(refuse).then(refused);
    given(endUser, registered, refused).when(refuse).then(refused);
  });
});

describe('EraseEndUser', () => {
  test('forgets the key of what is personal', () => {
    given(endUser, registered).when(erase).then(erased);
    given(endUser, registered)
      .when(erase)
      .thenState((state) => expect(state.dataKeyId).toBeNull());
  });

  test('repeated, nothing happens', () => {
    given(endUser, registered, erased).when(erase).thenNothingHappened();
  });
});
