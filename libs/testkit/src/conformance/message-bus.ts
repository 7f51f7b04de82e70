import { describe } from 'vitest';
import { deliveryConformance } from './message-bus/delivery.js';
import { failureConformance } from './message-bus/failure.js';
import { sharingConformance } from './message-bus/sharing.js';
import type { MessageBusHarness } from './message-bus/subject.js';

export type { ConsumingProcess, MessageBusHarness } from './message-bus/subject.js';

export function messageBusConformance(
  name: string,
  create: () => Promise<MessageBusHarness>,
): void {
  describe(`MessageBus: ${name}`, () => {
    describe('delivery', () => deliveryConformance(create));
    describe('failure', () => failureConformance(create));
    describe('sharing', () => sharingConformance(create));
  });
}
