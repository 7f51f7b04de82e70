import {
  caseDecisions,
  caseGrounds,
  caseKinds,
  decisionReasons,
  type ModerationCaseEvent,
} from '@imprest/domain';
import { count, list, object, oneOf, orNull, page, text, timestamp } from './schema.js';

const steps = ['CaseOpened', 'MediaUnblurred', 'CaseDecided', 'CaseReopened'] as const;
steps satisfies readonly ModerationCaseEvent['type'][];

const score = { type: ['number', 'null'], description: '0 to 1, of the category.' };

const verdict = object('What a moderator by machine said.', {
  provider: text('Who judged.'),
  version: text('Its version, or that of its list.'),
  outcome: oneOf(['allow', 'review', 'block'], 'What it said.'),
  category: orNull(text('What it saw, in its own words.')),
  score,
});

const media = {
  assetId: text('Names it in the routes of media.'),
  mediaType: text('Of the file.', { examples: ['image/png'] }),
  sha256: text('Of the file, hex.'),
  keptUntil: orNull(timestamp('When it is erased; null of what was delivered.')),
};

const fields = {
  id: text('Id of the case.'),
  state: oneOf(['open', 'decided'], 'Whether somebody has to decide it.'),
  kind: oneOf(
    caseKinds,
    'A prompt that was refused, an output that was withheld, or one delivered.',
  ),
  grounds: oneOf(caseGrounds, 'Why somebody has to look.'),
  category: orNull(text('Of the verdict that led to it; null of a report.')),
  score,
  tenantId: text('Whose request it was.'),
  endUserId: text('Pseudonym of the responsible end user.'),
  generationId: orNull(text('Null of a prompt that was refused.')),
  verdicts: list(verdict, 'What moderators by machine said.'),
  media: list(object('What there is to see.', media), 'Empty when nothing was kept.'),
  note: orNull(text('What a report says.')),
  openedAt: timestamp('When it was opened.'),
  dueAt: timestamp('When it should be decided.'),
  decision: orNull(oneOf(caseDecisions, 'The last one.')),
  reason: orNull(oneOf(decisionReasons, 'Of the last decision.')),
  decisionNote: orNull(text('Of the last decision.')),
  decidedAt: orNull(timestamp('When it was decided last.')),
  decidedBy: orNull(text('Who decided last.')),
  unblurred: count('How often somebody saw a picture of it as it is.'),
  revision: count('Of the last event.'),
};

const step = object('Something that happened to it.', {
  type: oneOf(steps, 'Type of the event.'),
  at: timestamp('When.'),
  actor: object('Who did it.', {
    kind: oneOf(['apiKey', 'operator', 'worker', 'system', 'user'], 'What it is.'),
    id: text('Which.'),
  }),
  data: { type: 'object', description: 'What the event says.' },
});

const states = ['preview', 'clip', 'never', 'gone'];

export const moderationCase = object('Something that a person has to look at.', {
  ...fields,
  media: list(
    object('What there is to see.', {
      ...media,
      state: oneOf(
        states,
        '`preview`: blurred at first. `clip`: without a preview. `never`: a known file. `gone`: erased.',
      ),
      bytes: {
        type: ['integer', 'null'],
        description: 'Size of the file; null of what is never shown or gone.',
        examples: [482_133],
      },
    }),
    'Empty when nothing was kept.',
  ),
  endUserBlocked: orNull(text('Why the end user is blocked; null when not.')),
  history: list(step, 'All that happened to it, in order.'),
});

const listed = object('A case in a list.', fields);

export const moderationCasePage = object('Moderation cases.', {
  cases: list(listed, 'At most `limit`.'),
  nextCursor: orNull(text('Send it as `cursor` for the next page; null on the last one.')),
  counts: object('Over all cases.', {
    open: count('Cases that nobody has decided.'),
    overdue: count('Those of them that should be decided by now.'),
  }),
});

export const takedownPage = page('takedowns', listed, 'What was taken down, newest first.');

export const mediaView = object('Leave to see one picture as it is, for the operator who asked.', {
  path: text('To be fetched with the credentials of the same operator.'),
  expiresAt: timestamp('Until when.'),
});
