import type { Answer, Operation } from '@imprest/platform';
import * as schemas from '../schemas/moderation.js';
import { sortedPageParameters } from './lists.js';
import { listedCase, shownCase, takenDown } from './moderation-examples.js';

const tag = 'Moderation';

const shown = (description: string): Answer => ({
  description,
  schema: schemas.moderationCase,
  example: shownCase,
});

const reason = {
  description: 'One of the list: statistics and statements of reasons are made of it.',
};
const note = { description: 'More about it, for the record.' };
const { generationId } = listedCase;

export const moderationCaseOperations = {
  list: {
    id: 'listModerationCases',
    tag,
    summary: 'List moderation cases',
    description:
      'What a person has to look at, and what was decided. The counts are over all cases, whatever was asked for.',
    query: {
      state: { description: 'Only open ones, or only decided ones.' },
      kind: { description: 'Only prompts, outputs or reports.' },
      grounds: { description: 'Only those opened for this.' },
      category: { description: 'Only those of this category of a classifier or rule.' },
      tenantId: { description: 'Of this tenant only.', examples: ['atlas'] },
      decision: { description: 'Only those decided so.' },
      from: { description: 'Opened then or later, ISO 8601.' },
      to: { description: 'Opened before, ISO 8601.' },
      ...sortedPageParameters('-openedAt'),
    },
    answers: {
      200: {
        description: 'A page of cases.',
        schema: schemas.moderationCasePage,
        example: { cases: [listedCase], nextCursor: null, counts: { open: 1, overdue: 0 } },
      },
    },
  },
  report: {
    id: 'openModerationCase',
    tag,
    summary: 'Open a case for what was delivered',
    description:
      'Somebody has complained. There is one such case for a generation: a second report of it is refused with `conflict`, which names the case.',
    body: {
      name: 'ModerationReport',
      fields: {
        generationId: { description: 'What was delivered.' },
        note: { description: 'What the report says.' },
      },
      examples: {
        report: { summary: 'A report', value: { generationId, note: 'reported by mail' } },
      },
    },
    answers: { 201: shown('The case.') },
    errors: ['not_found', 'conflict'],
  },
  get: {
    id: 'getModerationCase',
    tag,
    summary: 'Show a moderation case',
    description: 'With all that happened to it, and what there is to see.',
    answers: { 200: shown('The case.') },
    errors: ['not_found'],
  },
  decide: {
    id: 'decideModerationCase',
    tag,
    summary: 'Decide a moderation case',
    description:
      '`approve` lifts a block that the case has made, `block_end_user` makes one, `takedown` erases what was delivered. What was withheld stays withheld and was never charged. Safe to repeat; another decision needs the case reopened.',
    body: {
      name: 'ModerationDecision',
      fields: { decision: { description: 'What is to be done.' }, reason, note },
      examples: {
        uphold: {
          summary: 'Refused rightly',
          value: { decision: 'uphold', reason: 'violence' },
        },
      },
    },
    answers: { 200: shown('The case as it is now.') },
    errors: ['not_found', 'conflict'],
  },
  reopen: {
    id: 'reopenModerationCase',
    tag,
    summary: 'Look at a decided case once more',
    description: 'After an appeal, for instance. The decision holds until the next one.',
    body: {
      name: 'ModerationReopening',
      fields: { reason: { description: 'Why.' }, note },
      examples: {
        appeal: {
          summary: 'An appeal',
          value: { reason: 'appeal', note: 'the tenant says it is a weather map' },
        },
      },
    },
    answers: { 200: shown('The case, open again.') },
    errors: ['not_found', 'conflict'],
  },
} satisfies Record<string, Operation>;

export const takedownOperations = {
  list: {
    id: 'listTakedowns',
    tag,
    summary: 'List takedowns',
    query: sortedPageParameters('-openedAt'),
    answers: {
      200: {
        description: 'A page of them, newest first.',
        schema: schemas.takedownPage,
        example: { takedowns: [takenDown], nextCursor: null },
      },
    },
  },
  takeDown: {
    id: 'takeDown',
    tag,
    summary: 'Take down what was delivered',
    description:
      'Erases images and prompt of a generation at once and for good, whatever its tenant says; amounts stay in the books. Opens and decides its case. Safe to repeat.',
    body: {
      name: 'Takedown',
      fields: { generationId: { description: 'What was delivered.' }, reason, note },
      examples: {
        takedown: {
          summary: 'A takedown',
          value: { generationId, reason: 'real_person', note: 'asked for by mail' },
        },
      },
    },
    answers: { 201: shown('Its case.') },
    errors: ['not_found', 'conflict'],
  },
} satisfies Record<string, Operation>;
