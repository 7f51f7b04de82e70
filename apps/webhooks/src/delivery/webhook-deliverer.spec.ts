import { gate, InMemoryEndpointTraffic, InMemoryWorkQueue } from '@imprest/testkit';
import { pino } from 'pino';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { Deliverers } from '../endpoints/deliverers.js';
import { EndpointPlaces } from '../endpoints/endpoint-places.js';
import type { LineTurns } from '../endpoints/line-turns.js';
import type { MessageDelivery } from './message-delivery.js';
import { WebhookDeliverer } from './webhook-deliverer.js';

type Run = MessageDelivery['run'];

let queue: InMemoryWorkQueue;
let deliverer: WebhookDeliverer;
/** Messages under way and sent, by tenant. */
let underWay: Map<string, number>;
let sent: Map<string, number>;
let answers: ReturnType<typeof gate>;

const grow = (counts: Map<string, number>, tenantId: string, by = 1) =>
  counts.set(tenantId, (counts.get(tenantId) ?? 0) + by);
const until = (holds: () => boolean) => vi.waitUntil(holds, { timeout: 5_000, interval: 5 });

/** Receivers of tenants named `slow…` do not answer before they are told to. */
const run: Run = async (lease, settled) => {
  const { tenantId } = lease;
  grow(underWay, tenantId);
  if (tenantId.startsWith('slow')) {
    await answers.opened;
  }
  grow(sent, tenantId);
  settled.complete(lease, false);
  grow(underWay, tenantId, -1);
};

const due = (tenantId: string, count: number, lane = 'webhook') =>
  queue.enqueue(
    Array.from({ length: count }, (_, n) => ({
      id: `${tenantId}-${n}`,
      tenantId,
      lane,
      cost: 1,
    })),
  );

const lines = { leave: async () => undefined } as unknown as LineTurns;

beforeEach(() => {
  queue = new InMemoryWorkQueue();
  underWay = new Map();
  sent = new Map();
  answers = gate();
  const logger = pino({ level: 'silent' });
  const deliverers = new Deliverers(new EndpointPlaces(), new InMemoryEndpointTraffic(), logger);
  deliverer = new WebhookDeliverer({ run } as MessageDelivery, lines, deliverers, queue, logger);
});
afterEach(async () => {
  const stopping = deliverer.stop();
  answers.open();
  await stopping;
});

test('one whose receiver does not answer has half of the room, and holds up nobody', async () => {
  deliverer.start();
  await due('slow', 400);
  await until(() => underWay.get('slow') === 128);
  await due('quick', 300);
  await until(() => sent.get('quick') === 300);
  expect(underWay.get('slow')).toBe(128);
});

test('several such leave room for one more, and are served again when theirs answer', async () => {
  deliverer.start();
  for (const tenantId of ['slow 1', 'slow 2', 'slow 3']) {
    await due(tenantId, 200);
    await until(() => (underWay.get(tenantId) ?? 0) >= 32);
  }
  await due('quick', 100);
  await until(() => sent.get('quick') === 100);
  answers.open();
  await until(() => queue.ids.length === 0);
});

test('recovered ones are sent a few at a time, beside live ones and never instead of them', async () => {
  deliverer.start();
  await due('slow again', 40, 'webhook-recovery');
  await until(() => underWay.get('slow again') === 16);
  await due('quick', 300);
  await until(() => sent.get('quick') === 300);
  expect(underWay.get('slow again')).toBe(16);
  answers.open();
  await until(() => sent.get('slow again') === 40);
});

test('recovered ones that waited longer are begun after live ones', async () => {
  await due('shop', 5, 'webhook-recovery');
  await due('quick', 100);
  deliverer.start();
  await until(() => sent.get('shop') === 5);
  expect(sent.get('quick')).toBe(100);
});
