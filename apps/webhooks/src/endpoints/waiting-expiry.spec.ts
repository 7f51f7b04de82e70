import { WebhookEndpoints, webhookMessageStream } from '@imprest/application';
import {
  byTest,
  exampleIds,
  InMemoryEndpointTraffic,
  InMemoryWorkQueue,
  SubmissionScenario,
} from '@imprest/testkit';
import { pino } from 'pino';
import { beforeEach, expect, test } from 'vitest';
import { LineTurns } from './line-turns.js';
import { WaitingExpiry } from './waiting-expiry.js';

const { tenantId } = exampleIds;
const DAY_MS = 86_400_000;
const logger = pino({ level: 'silent' });

let api: SubmissionScenario;
let queue: InMemoryWorkQueue;
let traffic: InMemoryEndpointTraffic;
let endpoints: WebhookEndpoints;
let expiry: WaitingExpiry;

beforeEach(() => {
  api = new SubmissionScenario();
  queue = new InMemoryWorkQueue(api.clock);
  traffic = new InMemoryEndpointTraffic(() => api.clock.now().getTime());
  endpoints = new WebhookEndpoints(api.process.runner, api.dataKeys, api.clock);
  const bounds = { webhookWaitingDays: 30, webhookWaitingMessages: 4 };
  const lines = new LineTurns(traffic, queue, logger);
  const { runner } = api.process;
  expiry = new WaitingExpiry(runner, endpoints, lines, traffic, queue, api.clock, bounds, logger);
});

async function disabledEndpoint(): Promise<string> {
  const url = 'https://hooks.example.com/in';
  const wanted = { url, scheme: 'standard', events: ['generation.completed'] } as const;
  const { id } = await endpoints.register(tenantId, wanted, byTest);
  await endpoints.disable(tenantId, id, 'asked', 'for a while', byTest);
  return id;
}

async function waits(endpointId: string, messageId: string, line: string | null = null) {
  const { sequence } = await traffic.join({ endpointId, messageId, tenantId, line });
  const about = { kind: 'generation', id: 'gen_1' } as const;
  const event = 'generation.completed';
  const message = { tenantId, about, endpointId, event, sequence } as const;
  const command = { type: 'CreateWebhookMessage', message } as const;
  await api.process.runner.run(webhookMessageStream, messageId, command, byTest);
}

const statusOf = (id: string) =>
  api.process.runner.read(webhookMessageStream, id, ({ status }) => status);
const statuses = (...ids: string[]) => Promise.all(ids.map(statusOf));

test('what waits for a disabled endpoint for longer than its days expires, the newer do not', async () => {
  const id = await disabledEndpoint();
  await waits(id, 'old');
  api.clock.advance(2 * DAY_MS);
  await waits(id, 'new');
  await expiry.look();
  expect(await statuses('old', 'new')).toEqual(['pending', 'pending']);
  api.clock.advance(29 * DAY_MS);
  await expiry.look();
  expect(await statuses('old', 'new')).toEqual(['expired', 'pending']);
  expect((await traffic.conditions([id])).get(id)?.waiting).toBe(1);
});

test('beyond the number that may wait, the oldest expire, and the line goes on', async () => {
  const id = await disabledEndpoint();
  for (const n of [1, 2, 3, 4, 5, 6]) await waits(id, `msg_${n}`, id);
  await expiry.look();
  expect(await statuses('msg_1', 'msg_2', 'msg_3')).toEqual(['expired', 'expired', 'pending']);
  expect(queue.ids).toEqual(['msg_3']);
});

test('what waits for an endpoint that is enabled runs out of attempts instead', async () => {
  const id = await disabledEndpoint();
  await waits(id, 'msg_1');
  await endpoints.enable(tenantId, id, byTest);
  api.clock.advance(40 * DAY_MS);
  await expiry.look();
  expect(await statusOf('msg_1')).toBe('pending');
});

test('what expired is asked for again like anything else that did not arrive', async () => {
  const id = await disabledEndpoint();
  await waits(id, 'msg_1');
  api.clock.advance(31 * DAY_MS);
  await expiry.look();
  const command = { type: 'RequestRedelivery', reason: 'repaired', recoveryId: 'rcv_1' } as const;
  await api.process.runner.run(webhookMessageStream, 'msg_1', command, byTest);
  expect(await statusOf('msg_1')).toBe('pending');
});
