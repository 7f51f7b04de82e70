import type { Operation } from '@imprest/platform';
import * as schemas from '../schemas/timeline.js';

const id = 'req_01h5z8k2m4n6p8r0t2v4x6y8z0';
const lotId = 'lot_01h5z8k2m4n6p8r0t2v4x6y8z0';
const eventId = '019aa0d2-6c40-7b1e-8a52-3f0e6b9d1c57';
const at = '2026-11-20T09:30:00.000Z';
const lots = [{ lotId, tokens: 10 }];

const price = {
  ...{ priceBookVersion: '1', model: 'xSD4.5', sizeClass: '2K' },
  ...{ images: 1, perImage: '10', total: '10' },
};
const amounts = { held: '10', charged: '10', returned: '0', refunded: '0' };
const attempt = {
  ...{ attempt: 1, startedAt: at, endedAt: '2026-11-20T09:30:04.000Z' },
  ...{ outcome: 'succeeded', gpuMs: 3_120, loadMs: 0 },
};
const money = { currency: 'EUR', minorUnits: '10' };

export const timelineOperations = {
  timeline: {
    id: 'getGenerationTimeline',
    tag: 'Generations',
    summary: 'What happened to a generation',
    description:
      'Every event of the request in the order of time: the request, the work and its attempts, the tokens, the webhooks and their attempts. Which tokens and webhooks belong to it is known within moments.',
    answers: {
      200: {
        description: 'Its events.',
        schema: schemas.timeline,
        example: { id, events: [{ id: eventId, at, kind: 'held', held: 10, lots }], cut: false },
      },
    },
    errors: ['not_found'],
  },
  cost: {
    id: 'getGenerationCost',
    tag: 'Generations',
    summary: 'What a generation cost',
    description:
      'Its price, the lots that paid, what came back, and the GPU time of its attempts. What has come back when the work ends is `returned`; a refund comes later.',
    answers: {
      200: {
        description: 'Its cost.',
        schema: schemas.generationCost,
        example: {
          ...{ id, status: 'succeeded', price, ...amounts },
          lots: [{ lotId, kind: 'purchased', ...amounts, money }],
          ...{ attempts: [attempt], gpuMs: 3_120 },
        },
      },
    },
    errors: ['not_found'],
  },
} satisfies Record<string, Operation>;

const recorded = {
  ...{ id: eventId, at, knownAt: at, position: '42', stream: `job-${id}`, revision: 0 },
  ...{ type: 'JobLeased', version: 1, actor: { kind: 'worker', id: 'worker-1' } },
  ...{ correlationId: 'a1b2c3d4e5f6-1k', causationId: eventId },
  data: { workerId: 'worker-1', fence: 1, attempt: 1 },
};

export const recordedTimelineOperations = {
  timeline: {
    id: 'getRecordedTimeline',
    tag: 'Work',
    summary: 'Events of a generation as they were recorded',
    description:
      'Of any tenant, also of one whose content was deleted: every event of its request, its work, its account and its webhooks, with actor and cause.',
    answers: {
      200: {
        description: 'Its events.',
        schema: schemas.recordedTimeline,
        example: {
          ...{ id, tenantId: 'studio', status: 'processing', erased: false },
          ...{ events: [recorded], cut: false },
        },
      },
    },
    errors: ['not_found'],
  },
} satisfies Record<string, Operation>;
