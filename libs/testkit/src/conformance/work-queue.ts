import { randomUUID } from 'node:crypto';
import type { WorkQueue } from '@imprest/application';
import { afterAll, afterEach, beforeAll, beforeEach, describe } from 'vitest';
import { capsConformance } from './work-queue/caps.js';
import { concurrencyConformance } from './work-queue/concurrency.js';
import { fairShareConformance } from './work-queue/fair-share.js';
import { holdingConformance } from './work-queue/holding.js';
import { linesConformance } from './work-queue/lines.js';
import { queuingConformance } from './work-queue/queuing.js';
import { readinessConformance } from './work-queue/readiness.js';
import { sharesConformance } from './work-queue/shares.js';
import { fairStandingConformance, standingConformance } from './work-queue/standing.js';
import type { WorkQueueHarness, WorkQueueSubject } from './work-queue/subject.js';

export type { WorkQueueHarness };

export function workQueueConformance(name: string, create: () => Promise<WorkQueueHarness>): void {
  describe(`WorkQueue: ${name}`, () => {
    let harness: WorkQueueHarness;
    let queue: WorkQueue;
    let queueName: string;
    const connected: WorkQueue[] = [];
    const connect = async (of: string) => {
      const instance = await harness.connect(of);
      connected.push(instance);
      return instance;
    };
    const subject: WorkQueueSubject = {
      get queue() {
        return queue;
      },
      get harness() {
        return harness;
      },
      connect: () => connect(queueName),
      connectOther: () => connect(`other-${queueName}`),
    };

    beforeAll(async () => {
      harness = await create();
    });
    beforeEach(async () => {
      queueName = randomUUID();
      queue = await connect(queueName);
    });
    afterEach(async () => {
      await Promise.all(connected.splice(0).map((instance) => instance.close()));
    });
    afterAll(() => harness.dispose());

    describe('queuing', () => queuingConformance(subject));
    describe('holding a lease', () => holdingConformance(subject));
    describe('fair share', () => fairShareConformance(subject));
    describe('shares of tenants', () => sharesConformance(subject));
    describe('a cap', () => capsConformance(subject));
    describe('standing', () => standingConformance(subject));
    describe('standing in fair order', () => fairStandingConformance(subject));
    describe('lines of tenants', () => linesConformance(subject));
    describe('several processes', () => concurrencyConformance(subject));
    describe('readiness', () => readinessConformance(subject));
  });
}
