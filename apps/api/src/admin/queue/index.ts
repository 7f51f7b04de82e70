import { FairShareQueue } from './fair-share-queue.js';
import { QueueController } from './queue.controller.js';
import { TimeShares } from './time-shares.js';

export const queueControllers = [QueueController];
export const queueProviders = [FairShareQueue, TimeShares];
