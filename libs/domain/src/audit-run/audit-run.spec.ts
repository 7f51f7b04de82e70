import { exampleEvent, given } from '@imprest/testkit/domain';
import { test } from 'vitest';
import { auditRun } from './index.js';

const completed = exampleEvent('AuditCompleted');
const complete = { type: 'CompleteAudit', ...completed.data } as const;

test('a day is audited once, whoever started at the same time', () => {
  given(auditRun).when(complete).then(completed);
  given(auditRun, completed)
    .when({ ...complete, findings: 7 })
    .thenNothingHappened();
});
