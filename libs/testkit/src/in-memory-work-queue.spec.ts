import { beforeEach, describe } from 'vitest';
import { capsConformance } from './conformance/work-queue/caps.js';
import { holdingConformance } from './conformance/work-queue/holding.js';
import { queuingConformance } from './conformance/work-queue/queuing.js';
import { standingConformance } from './conformance/work-queue/standing.js';
import { InMemoryWorkQueue } from './in-memory-work-queue.js';

/** Fair share and other processes are not what it is for. */
describe('WorkQueue: in memory', () => {
  let queue: InMemoryWorkQueue;
  beforeEach(() => {
    queue = new InMemoryWorkQueue();
  });
  const subject = {
    get queue() {
      return queue;
    },
    harness: { connect: async () => queue, dispose: async () => {} },
    connect: async () => queue,
    connectOther: async () => new InMemoryWorkQueue(),
  };
  describe('queuing', () => queuingConformance(subject));
  describe('holding a lease', () => holdingConformance(subject));
  describe('a cap', () => capsConformance(subject));
  describe('standing', () => standingConformance(subject));
});
