import { streamCategory } from '@imprest/event-catalogue';
import {
  byTest,
  exampleIds,
  InMemoryEndpointTraffic,
  InMemoryWorkQueue,
  openAccount,
  SubmissionScenario,
  storedImage,
} from '@imprest/testkit';
import { beforeEach, describe, expect, test } from 'vitest';
import { generationStream, webhookMessageStream } from '../deciding/stream-types.js';
import { EventStoreUnavailable } from '../ports/event-store.js';
import { WebhookEndpoints } from '../webhook-endpoints/index.js';
import { endpointMessageId, WebhookMessageCreator, webhookMessageId } from './index.js';
import { WebhookRedelivery } from './redeliver-webhook.js';

const { tenantId } = exampleIds;
let api: SubmissionScenario;
let queue: InMemoryWorkQueue;
let traffic: InMemoryEndpointTraffic;

type GenerationCommand = Parameters<typeof generationStream.decider.decide>[0];
type MessageCommand = Parameters<typeof webhookMessageStream.decider.decide>[0];

const cancelled: GenerationCommand = { type: 'CancelGeneration', reason: 'not wanted' };
const succeeded: GenerationCommand = {
  type: 'CompleteGeneration',
  stored: [storedImage()],
  lost: [],
};
const failed: GenerationCommand = {
  type: 'FailGeneration',
  code: 'provider_error',
  message: 'the provider made no image',
  retryable: true,
  retryAfter: null,
};

/** A generation that has ended, and the id of the message it asks for. */
async function ended(command = succeeded, webhookUrl: string | null = 'https://hooks.example.com') {
  const { id } = await api.submit({ webhookUrl });
  await api.process.runner.run(generationStream, id, command, byTest);
  return { id, message: webhookMessageId(id) };
}

const message = (id: string, command: MessageCommand) =>
  api.process.runner.run(webhookMessageStream, id, command, byTest);
const attempted = (id: string, attempt: number, outcome: 'delivered' | 'exhausted') =>
  message(id, {
    type: 'RecordWebhookAttempt',
    attempt,
    result: { outcome, status: 200, error: null, elapsedMs: 5, nextAttemptAt: null },
  });
const stateOf = (id: string) =>
  api.process.runner.read(webhookMessageStream, id, (state) => ({ ...state }));

/** Everything there is once more, as after a crash that lost the checkpoint. */
async function react(): Promise<void> {
  const creator = new WebhookMessageCreator(api.process.runner, api.process.store, queue, traffic);
  for (const event of [...api.shared.log.events]) {
    if (creator.categories.includes(streamCategory(event.stream))) await creator.react(event);
  }
  await creator.flush();
}

beforeEach(async () => {
  api = new SubmissionScenario();
  queue = new InMemoryWorkQueue(api.clock);
  traffic = new InMemoryEndpointTraffic();
  await openAccount(api.process.runner, 1_000n, tenantId);
});

describe('a message', () => {
  test.each([
    ['succeeded', succeeded],
    ['failed', failed],
    ['was cancelled', cancelled],
  ])('is made and queued for a generation that %s', async (_how, command) => {
    const { id, message } = await ended(command);
    await react();
    expect(queue.ids).toEqual([message]);
    expect(await stateOf(message)).toMatchObject({
      status: 'pending',
      tenantId,
      about: { kind: 'generation', id },
      attempts: 0,
    });
  });

  test('is not made for one that is still running, asked for none, or was erased since', async () => {
    await api.submit();
    await ended(succeeded, null);
    const { id } = await ended();
    const erase = { type: 'EraseGeneration', reason: 'deleted' } as const;
    await api.process.runner.run(generationStream, id, erase, byTest);
    await react();
    expect(queue.ids).toEqual([]);
    expect(api.history('webhookMessage')).toEqual([]);
  });

  test('carries the correlation of the request, and the event that caused it', async () => {
    await ended();
    await react();
    const [made] = api.shared.log.events.slice(-1);
    const cause = api.shared.log.events.find(({ type }) => type === 'GenerationSucceeded');
    expect(made?.metadata).toMatchObject({
      correlationId: byTest.correlationId,
      causationId: cause?.eventId,
      actor: { kind: 'system', id: 'webhook-message-creator' },
    });
  });

  test('is made once, however often the end of its generation is met', async () => {
    await ended();
    await react();
    await react();
    expect(api.history('webhookMessage')).toEqual(['WebhookMessageCreated']);
    expect(queue.ids).toHaveLength(1);
  });

  test('that a crash kept out of the queue is queued when its event comes again', async () => {
    const { message } = await ended();
    const enqueue = queue.enqueue.bind(queue);
    queue.enqueue = () => Promise.reject(new Error('queue away'));
    await expect(react()).rejects.toThrow('queue away');
    queue.enqueue = enqueue;
    expect(queue.ids).toEqual([]);
    await react();
    expect(queue.ids).toEqual([message]);
  });

  test('that was delivered is not queued again by a replay', async () => {
    const { message } = await ended();
    await react();
    await queue.remove([message]);
    await attempted(message, 1, 'delivered');
    await react();
    expect(queue.ids).toEqual([]);
  });
});

describe('an endpoint', () => {
  const endpoint = async () => {
    const endpoints = new WebhookEndpoints(api.process.runner, api.dataKeys, api.clock);
    const events = ['generation.completed'] as const;
    const url = 'https://hooks.example.com/all';
    return (await endpoints.register(tenantId, { url, scheme: 'xavira', events }, byTest)).id;
  };
  const asked = async (dialect: string, command: GenerationCommand = succeeded) => {
    const { id } = await api.submit({ webhookUrl: null }, { dialect });
    await api.process.runner.run(generationStream, id, command, byTest);
    return id;
  };

  test('hears once of what was asked for in its dialect and ended as it wants to hear', async () => {
    const endpointId = await endpoint();
    const id = await asked('xavira');
    await asked('xavira', failed);
    await asked('xmode');
    await react();
    await react();
    expect(queue.ids).toEqual([endpointMessageId(id, endpointId)]);
    expect(await stateOf(endpointMessageId(id, endpointId))).toMatchObject({
      endpointId,
      about: { kind: 'generation', id },
    });
  });

  test('does not hear of what had ended before it was registered', async () => {
    await asked('xavira');
    api.clock.advance(1);
    await endpoint();
    await react();
    expect(queue.ids).toEqual([]);
  });
});

describe('a redelivery', () => {
  let id: string;
  const redeliver = (tenant = tenantId) =>
    new WebhookRedelivery(api.process.runner, queue).redeliver(tenant, id, byTest);
  const refusal = (code: string) => ({ error: { code } });

  beforeEach(async () => {
    ({ message: id } = await ended());
    await react();
  });

  test.each(['delivered', 'exhausted'] as const)('queues a message that is %s', async (outcome) => {
    await queue.remove([id]);
    await attempted(id, 1, outcome);
    await redeliver();
    expect(queue.ids).toEqual([id]);
    expect(await stateOf(id)).toMatchObject({ status: 'pending', attempts: 1, attemptsInRound: 0 });
  });

  test('does not wait for the retry that was planned', async () => {
    const [lease] = await queue.lease({ workerId: 'w', limit: 1, leaseMs: 1_000 });
    if (lease === undefined) throw new Error('nothing is queued');
    await queue.release([{ ...lease, readyAt: new Date('2026-02-01T00:00:00.000Z') }]);
    await redeliver();
    expect(await queue.lease({ workerId: 'w', limit: 1, leaseMs: 1_000 })).toHaveLength(1);
  });

  test('takes the lease from an attempt under way', async () => {
    const leases = await queue.lease({ workerId: 'w', limit: 1, leaseMs: 1_000 });
    await redeliver();
    const lost = await queue.complete(leases);
    expect(lost.map((lease) => lease.id)).toEqual([id]);
    expect(queue.ids).toEqual([id]);
  });

  test('asked for twice before it is tried is one', async () => {
    await attempted(id, 1, 'exhausted');
    await redeliver();
    await redeliver();
    expect(
      api.history('webhookMessage').filter((type) => type === 'WebhookRedeliveryRequested'),
    ).toHaveLength(1);
    expect(queue.ids).toEqual([id]);
  });

  test('that a crash kept out of the queue is queued by the reactor', async () => {
    await queue.remove([id]);
    await attempted(id, 1, 'exhausted');
    const enqueue = queue.enqueue.bind(queue);
    queue.enqueue = () => Promise.reject(new Error('queue away'));
    await expect(redeliver()).rejects.toThrow('queue away');
    queue.enqueue = enqueue;
    await react();
    expect(queue.ids).toEqual([id]);
  });

  test('that was not recorded leaves the queue as it was', async () => {
    await queue.remove([id]);
    await attempted(id, 1, 'exhausted');
    api.process.store.beforeAppend = () => {
      throw new EventStoreUnavailable('connection lost');
    };
    await expect(redeliver()).rejects.toThrow(EventStoreUnavailable);
    expect(queue.ids).toEqual([]);
  });

  test('of a message that was withdrawn is a conflict', async () => {
    await message(id, { type: 'WithdrawWebhookMessage', reason: 'content erased' });
    await expect(redeliver()).rejects.toMatchObject(refusal('conflict'));
  });

  test('of another tenant’s or an unknown message is not found', async () => {
    await expect(redeliver('ten_other')).rejects.toMatchObject(refusal('not_found'));
    id = webhookMessageId('req_unknown');
    await expect(redeliver()).rejects.toMatchObject(refusal('not_found'));
    await expect(redeliver('')).rejects.toMatchObject(refusal('not_found'));
  });
});
