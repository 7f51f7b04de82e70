import type { Operation } from '@imprest/platform';
import * as schemas from '../schemas/overview.js';
import { pageParameters } from './lists.js';

const tag = 'Control room';

const load = { waiting: 40, delayed: 0, running: 4, oldestWaitSeconds: 12.4 };

const overview = {
  at: '2026-11-20T09:30:00.000Z',
  accepted: { now: 118, fiveMinutes: 104.2, hour: 96.8 },
  queue: { ...load, models: [{ model: 'xSD4.5', ...load }] },
  workers: { active: 2, cordoned: 0, draining: 0, gone: 1, slots: 4, busySlots: 4 },
  deliveries: {
    ...{ pending: 3, failingEndpoints: 1, delivered: 5_780, failed: 12 },
    successRatio: 0.9979,
  },
  head: '4182004',
  consumers: [
    {
      consumer: 'journal',
      state: 'current',
      position: '4182004',
      eventsBehind: 0,
      secondsBehind: 0,
      parkedStreams: 0,
    },
  ],
  invariantViolations: 0,
  openFindings: [{ check: 'payments', source: 'reconciliation', open: 1 }],
  parkedStreams: 0,
  deadLetters: { waiting: 2, lastDay: 5 },
};

export const overviewOperations = {
  read: {
    id: 'getOverview',
    tag,
    summary: 'Show the installation at a glance',
    description:
      'From the queues and read models, for pages that ask all the time: it is looked up once a second for all of them, less often when that takes long.',
    answers: { 200: { description: 'It.', schema: schemas.overview, example: overview } },
  },
  stream: {
    id: 'streamOverview',
    tag,
    summary: 'Follow the overview',
    description:
      'Server-sent events: an event `overview`, with the answer of `getOverview` as its data, at once and every two seconds. A process has a hundred readers at most.',
    answers: {
      200: {
        description: 'A stream of events; the data of each is JSON.',
        schema: { type: 'string', description: 'Events named `overview`.' },
        mediaType: 'text/event-stream',
        example: 'event: overview\ndata: {"at":"2026-11-20T09:30:00.000Z"}\n\n',
      },
    },
    errors: ['rate_limited'],
  },
} satisfies Record<string, Operation>;

const ofModel = { model: 'xSD4.5', ...load, waitingGpuMs: 320_000 };

export const queueOperations = {
  list: {
    id: 'listQueue',
    tag,
    summary: 'Show who waits, and who gets what',
    description:
      'Tenants with jobs in the queue, whoever waits longest first: what fair share gives them, and what they had.',
    query: {
      tenantId: { description: 'Of this tenant only.', examples: ['atlas'] },
      model: { description: 'Jobs of this model only.', examples: ['xSD4.5'] },
      ...pageParameters,
    },
    answers: {
      200: {
        description: 'A page of tenants.',
        schema: schemas.fairShareQueue,
        example: {
          at: '2026-11-20T09:30:00.000Z',
          windowSeconds: 600,
          tenants: [
            {
              ...{ tenantId: 'atlas', weight: 1, priority: 0, cap: null, atCap: false },
              ...{ ...load, waitingGpuMs: 320_000, shareOfTime: 0.62, models: [ofModel] },
            },
          ],
          nextCursor: null,
          complete: true,
        },
      },
    },
  },
} satisfies Record<string, Operation>;
