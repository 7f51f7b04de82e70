import { exampleEvent, given } from '@imprest/testkit/domain';
import { describe, test } from 'vitest';
import { type OperatorRunCommand, operatorRun } from './index.js';

const begun = exampleEvent('OperatorRunBegun');
const ended = exampleEvent('OperatorRunEnded');
const begin: OperatorRunCommand = { type: 'BeginOperatorRun', ...begun.data };
const { work: _, subject: __, ...end } = ended.data;

describe('a run of an operator', () => {
  test('says what and why before it begins, and how it ended, each once', () => {
    given(operatorRun).when(begin).then(begun);
    given(operatorRun, begun).when(begin).thenNothingHappened();
    given(operatorRun, begun)
      .when({ type: 'EndOperatorRun', ...end })
      .then(ended);
  });

  test('counts as it ended first', () => {
    given(operatorRun, begun, ended)
      .when({ type: 'EndOperatorRun', outcome: 'stopped', result: null, failure: null })
      .thenNothingHappened();
  });

  test('ends only when it has begun', () => {
    given(operatorRun)
      .when({ type: 'EndOperatorRun', ...end })
      .thenRejected('conflict');
  });
});
