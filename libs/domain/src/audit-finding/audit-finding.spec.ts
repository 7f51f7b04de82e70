import { exampleEvent, given } from '@imprest/testkit/domain';
import { describe, test } from 'vitest';
import { auditFinding } from './index.js';

const opened = exampleEvent('FindingOpened');
const resolved = exampleEvent('FindingResolved');
const open = { type: 'OpenFinding', ...opened.data } as const;
const resolve = { type: 'ResolveFinding', resolvedAt: resolved.data.resolvedAt } as const;

describe('a finding', () => {
  test('is opened once, however often a check finds it', () => {
    given(auditFinding).when(open).then(opened);
    given(auditFinding, opened).when(open).thenNothingHappened();
  });

  test('is resolved once it is gone', () => {
    given(auditFinding, opened).when(resolve).then(resolved);
    given(auditFinding, opened, resolved).when(resolve).thenNothingHappened();
    given(auditFinding).when(resolve).thenNothingHappened();
  });

  test('may come back', () => {
    given(auditFinding, opened, resolved).when(open).then(opened);
  });

  test('names what to look at, and no endless list of it', () => {
    given(auditFinding)
      .when({ ...open, subjects: [] })
      .thenRejected('validation_error', 'subjects');
    const many = Array.from({ length: 21 }, (_, n) => ({ kind: 'entry', id: `${n}` }));
    given(auditFinding)
      .when({ ...open, subjects: many })
      .thenRejected('validation_error', 'subjects');
  });
});
