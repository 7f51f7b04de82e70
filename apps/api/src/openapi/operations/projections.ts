import type { Operation, RequestBody } from '@imprest/platform';
import * as schemas from '../schemas/projections.js';

const tag = 'Control room';

const run = {
  id: 'run_01kf0abt7y8c9d1q5f6g7h8j9k',
  subject: 'generations',
  state: 'running',
  reason: 'a column was filled wrongly',
  startedBy: 'admin',
  progress: {
    step: 'reading',
    events: 1_200_000,
    position: '1200017',
    head: '4182004',
    eventsPerSecond: 52_000,
    etaSeconds: 57.3,
  },
  result: null,
  error: null,
  startedAt: '2026-11-20T09:30:00.000Z',
  changedAt: '2026-11-20T09:30:23.000Z',
  endedAt: null,
};
const finished = { ...run, state: 'finished', progress: null, endedAt: run.changedAt };
const beside = {
  phase: 'filling',
  position: '1200017',
  events: 1_200_000,
  startedAt: run.startedAt,
  changedAt: run.changedAt,
};
const generations = {
  projection: 'generations',
  categories: ['generation'],
  tables: [{ table: 'read_models.generations', rows: 418_000 }],
  ...{ state: 'current', position: '4182004', eventsBehind: 0, secondsBehind: 0, parkedStreams: 0 },
  beside,
  rebuild: run,
};
const counts = { onlyLive: 0, onlyStandby: 1, differs: 0 };
const difference = { kind: 'onlyStandby', key: { id: 'req_01kf' }, columns: [] };
const compared = {
  ...{ livePosition: '4182004', standbyPosition: '4182004', samePosition: true, parkedStreams: 0 },
  tables: [
    {
      table: 'read_models.generations',
      rows: { live: 418_000, standby: 418_001 },
      ...{ counts, samples: [difference] },
    },
  ],
};
const switched = { position: '4182004', replacedAt: '4182004', attempts: 1, lockedMs: 12 };

const decision = (name: string, value: string): RequestBody => ({
  name,
  fields: { reason: { description: 'Goes on record.' } },
  examples: { reason: { summary: 'With a reason', value: { reason: value } } },
});

const exchange = (
  id: string,
  summary: string,
  description: string,
  body: RequestBody,
): Operation => ({
  ...{ id, tag, summary, description, body },
  answers: {
    200: {
      description: 'It is done; `running` when it takes longer than 20 seconds.',
      schema: schemas.switchRun,
      example: { ...finished, result: switched },
    },
  },
  errors: ['not_found', 'conflict'],
});

export const projectionOperations = {
  list: {
    id: 'listProjections',
    tag,
    summary: 'List what is read from events',
    description: 'How far each projection is, and whether there are tables beside its own.',
    answers: {
      200: {
        description: 'All of them.',
        schema: schemas.projections,
        example: { head: '4182004', projections: [generations] },
      },
    },
  },
  progress: {
    id: 'getProjectionRebuild',
    tag,
    summary: 'Show how far a rebuild is',
    description:
      'Whichever process is at it; and the last comparison, switch or rollback, and drop, each with who ordered it and why.',
    answers: {
      200: {
        description: 'What is beside the projection.',
        schema: schemas.rebuildState,
        example: {
          ...{ projection: 'generations', beside, rebuild: run, diff: null },
          ...{ switch: null, drop: null },
        },
      },
    },
    errors: ['not_found'],
  },
  rebuild: {
    id: 'rebuildProjection',
    tag,
    summary: 'Build the tables of a projection anew, beside the live ones',
    description:
      'Goes on in the background; readers and the live projection are not touched. A build that was stopped goes on where it stopped. `conflict` while one is under way anywhere, and while tables that a switch replaced are kept.',
    body: {
      name: 'Rebuild',
      fields: {
        reason: { description: 'Goes on record.' },
        restart: { description: 'Begin again at the first event.' },
      },
      examples: { reason: { summary: 'Begin, or go on', value: { reason: run.reason } } },
    },
    answers: {
      202: { description: 'It has begun.', schema: schemas.rebuildRun, example: run },
    },
    errors: ['not_found', 'conflict'],
  },
  abandon: {
    id: 'abandonProjectionRebuild',
    tag,
    summary: 'Drop the tables beside the live ones',
    description: 'A build that is under way ends first. Also for tables that a switch replaced.',
    body: decision('DropProjectionTables', 'the switch has proved right'),
    answers: { 204: { description: 'There are none any more.' } },
    errors: ['not_found', 'conflict'],
  },
  diff: {
    id: 'diffProjection',
    tag,
    summary: 'Compare live and rebuilt tables row by row',
    description: 'When it takes longer, the answer is `running` and `getProjectionRebuild` has it.',
    answers: {
      200: {
        description: 'What differs.',
        schema: schemas.diffRun,
        example: { ...finished, reason: null, result: compared },
      },
    },
    errors: ['not_found', 'conflict'],
  },
  switchOver: exchange(
    'switchProjection',
    'Put rebuilt tables in place of the live ones',
    'These are kept for a rollback. Readers wait for milliseconds.',
    decision('SwitchProjection', 'compared, the difference is the mistake'),
  ),
  rollBack: exchange(
    'rollBackProjection',
    'Put the tables back that the last switch replaced',
    'They are brought up to date first.',
    decision('RollBackProjection', 'a list lacks rows'),
  ),
} satisfies Record<string, Operation>;
