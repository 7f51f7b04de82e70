import { createHmac } from 'node:crypto';
import { createServer, type IncomingHttpHeaders, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import {
  BalanceAlerts,
  BalanceWatch,
  EndpointCatchUp,
  EventStoreUnavailable,
  GenerationEraser,
  generationStream,
  loadGeneration,
  type NewEndpoint,
  Tenants,
  tokenAccountStream,
  WebhookEndpoints,
  WebhookMessageCreator,
  WebhookRedelivery,
  WithheldOutputs,
  webhookMessageId,
  webhookMessageStream,
} from '@imprest/application';
import { streamCategory } from '@imprest/event-catalogue';
import { GenerationRecords } from '@imprest/generation-records';
import { OutgoingHttp } from '@imprest/outgoing-http';
import { Metrics, noTracing } from '@imprest/platform';
import { verifyStandardWebhooks } from '@imprest/sdk/webhooks';
import {
  byTest,
  exampleIds,
  gate,
  InMemoryEndpointTraffic,
  InMemoryWorkQueue,
  SubmissionScenario,
  storedImage,
  verifyXmode,
} from '@imprest/testkit';
import { pino } from 'pino';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { AttemptLog } from '../attempt-log/index.js';
import { Deliverers } from '../endpoints/deliverers.js';
import { EndpointGate } from '../endpoints/endpoint-gate.js';
import { EndpointPlaces } from '../endpoints/endpoint-places.js';
import { EndpointSuccesses } from '../endpoints/endpoint-successes.js';
import { EndpointTargets } from '../endpoints/endpoint-targets.js';
import { LineTurns } from '../endpoints/line-turns.js';
import { RETRY_DELAYS_SECONDS } from '../retry-schedule.js';
import { DeliveryAttempt } from './delivery-attempt.js';
import { DeliverySource } from './delivery-source.js';
import { MessageDelivery } from './message-delivery.js';
import { TenantSecrets } from './tenant-secrets.js';
import { WebhookDeliverer } from './webhook-deliverer.js';

const { tenantId } = exampleIds;
const WEEK_MS = 7 * 86_400_000;

interface Received {
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
}

/** A receiver that answers as told, 204 when nobody has told it anything. */
class Sink {
  readonly received: Received[] = [];
  readonly answers: (number | { readonly status: number; readonly headers: object })[] = [];
  /** Awaited before each answer. */
  hold: () => Promise<void> = async () => undefined;
  private readonly server: Server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', async () => {
      const { url = '', headers } = request;
      this.received.push({ path: url, headers, body: Buffer.concat(chunks) });
      const answer = this.answers.shift() ?? 204;
      await this.hold();
      if (typeof answer === 'number') response.writeHead(answer).end();
      else response.writeHead(answer.status, { ...answer.headers }).end();
    });
  });

  async open(): Promise<string> {
    await new Promise<void>((resolve) => this.server.listen(0, '127.0.0.1', resolve));
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  async close(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }
}

let sink: Sink;
let url: string;
let api: SubmissionScenario;
let queue: InMemoryWorkQueue;
let traffic: InMemoryEndpointTraffic;
let tenants: Tenants;
let records: GenerationRecords;
let http: OutgoingHttp;
let deliverer: WebhookDeliverer;
let secret: string;

function newDeliverer(): WebhookDeliverer {
  const { runner, store } = api.process;
  const secrets = new TenantSecrets(tenants, api.clock);
  const logger = pino({ level: 'silent' });
  const targets = new EndpointTargets(endpoints(), api.clock);
  const attemptLog = new AttemptLog({ record: async () => undefined }, api.dataKeys, logger);
  const places = new EndpointPlaces();
  const deliverers = new Deliverers(places, traffic, logger);
  const successes = new EndpointSuccesses(traffic, logger);
  const delivery = new MessageDelivery(
    runner,
    new DeliverySource(runner, records, alerts(), endpoints(), targets, secrets, store),
    new DeliveryAttempt(http, attemptLog, api.clock, noTracing),
    new EndpointGate(endpoints(), places, deliverers, successes, traffic, api.clock, logger),
    new Metrics(),
    api.clock,
    logger,
  );
  const lines = new LineTurns(traffic, queue, logger);
  return new WebhookDeliverer(delivery, lines, deliverers, queue, logger);
}

const alerts = () =>
  new BalanceAlerts(api.process.runner, api.process.store, api.dataKeys, api.clock);

const endpoints = () => new WebhookEndpoints(api.process.runner, api.dataKeys, api.clock);

/** A generation that has ended and whose message is queued. */
async function ended(webhookUrl = `${url}/hook`) {
  const { id } = await api.submit({ webhookUrl });
  const complete = { type: 'CompleteGeneration', stored: [storedImage()], lost: [] } as const;
  await api.process.runner.run(generationStream, id, complete, byTest);
  const creator = new WebhookMessageCreator(api.process.runner, api.process.store, queue, traffic);
  for (const event of api.shared.log.streams.get(`generation-${id}`) ?? []) {
    await creator.react(event);
  }
  await creator.flush();
  return { id, message: webhookMessageId(id) };
}

const until = (holds: () => boolean | Promise<boolean>) =>
  vi.waitUntil(holds, { timeout: 8_000, interval: 5 });
const stateOf = (message: string) =>
  api.process.runner.read(webhookMessageStream, message, (state) => ({ ...state }));
const attemptsOf = (message: string) =>
  (api.shared.log.streams.get(`webhookMessage-${message}`) ?? [])
    .filter(({ type }) => type === 'WebhookAttempted')
    .map(({ data }) => data);
const isEmpty = () => queue.ids.length === 0;
const recorded = (message: string, attempts: number) =>
  until(() => attemptsOf(message).length === attempts);

/** Time passes, and the queue tells what has become due. */
async function later(ms: number): Promise<void> {
  api.clock.advance(ms);
  await queue.enqueue([]);
}

function isSignedBy(key: string, { headers, body }: Received, now = api.clock.now()): boolean {
  return verifyXmode({
    secret: key,
    timestamp: String(headers['x-xmode-timestamp']),
    signature: String(headers['x-xmode-signature']),
    rawBody: body,
    nowSeconds: Math.floor(now.getTime() / 1000),
  });
}

beforeEach(async () => {
  sink = new Sink();
  url = await sink.open();
  api = new SubmissionScenario();
  queue = new InMemoryWorkQueue(api.clock);
  traffic = new InMemoryEndpointTraffic(() => api.clock.now().getTime());
  tenants = new Tenants(api.process.runner, api.dataKeys, api.clock);
  records = new GenerationRecords(api.assets, api.dataKeys, api.secrets, api.clock, 10);
  http = new OutgoingHttp({ allowCidrs: ['127.0.0.0/8'] });
  ({ webhookSecret: secret } = await tenants.create(tenantId, 'Shop', byTest));
  const grant = { grantId: 'lot_1', tokens: 1_000n, reason: 'welcome', expiresAt: null };
  await tenants.grant(tenantId, grant, byTest);
  deliverer = newDeliverer();
  deliverer.start();
});

afterEach(async () => {
  await deliverer.stop();
  await http.close();
  await sink.close();
});

describe('a delivery', () => {
  test('is the record as GET renders it, byte for byte, signed in both schemes', async () => {
    const { id, message } = await ended();
    await until(isEmpty);
    const [request] = sink.received as [Received];
    const view = await loadGeneration(api.process.store, id);
    const rendered = view && (await records.render(view));
    expect(request.body.toString()).toBe(JSON.stringify(rendered));
    expect(JSON.parse(request.body.toString())).toMatchObject({
      requestId: id,
      status: 'succeeded',
      prompt: 'a mountain lake at sunrise',
    });
    expect(request.path).toBe('/hook');
    expect(request.headers).toMatchObject({
      'content-type': 'application/json; charset=utf-8',
      'webhook-id': message,
    });
    expect(isSignedBy(secret, request)).toBe(true);
    expect(isSignedBy(`${secret}x`, request)).toBe(false);
    const timestamp = request.headers['webhook-timestamp'];
    const key = Buffer.from(secret.slice('whsec_'.length), 'base64');
    const hmac = createHmac('sha256', key).update(`${message}.${timestamp}.`);
    expect(request.headers['webhook-signature']).toBe(
      `v1,${hmac.update(request.body).digest('base64')}`,
    );
  });

  test('is recorded with what the receiver answered', async () => {
    sink.answers.push(201);
    const { message } = await ended();
    await until(isEmpty);
    expect(await stateOf(message)).toMatchObject({ status: 'delivered', attempts: 1 });
    expect(attemptsOf(message)).toEqual([
      {
        attempt: 1,
        outcome: 'delivered',
        status: 201,
        error: null,
        elapsedMs: 0,
        nextAttemptAt: null,
      },
    ]);
  });

  test('begins soon after its message was queued', async () => {
    await delay(50);
    const before = performance.now();
    await ended();
    await until(() => sink.received.length === 1);
    expect(performance.now() - before).toBeLessThan(800);
  });

  test('does not wait for slow receivers', async () => {
    const slow = gate();
    sink.hold = () => (sink.received.length <= 3 ? slow.opened : Promise.resolve());
    const first = await Promise.all([ended(), ended(), ended()]);
    await until(() => sink.received.length === 3);
    const quick = await ended();
    await recorded(quick.message, 1);
    expect(first.flatMap(({ message }) => attemptsOf(message))).toEqual([]);
    slow.open();
    await until(isEmpty);
  });
});

describe('a failed attempt', () => {
  test('is repeated when its time has come, signed anew under the same message id', async () => {
    sink.answers.push(500);
    const { message } = await ended();
    await recorded(message, 1);
    const [{ nextAttemptAt }] = attemptsOf(message) as [{ nextAttemptAt: string }];
    const waitMs = Date.parse(nextAttemptAt) - api.clock.now().getTime();
    expect(waitMs).toBeGreaterThanOrEqual(4_000);
    expect(waitMs).toBeLessThanOrEqual(6_000);
    await later(waitMs - 1);
    await delay(50);
    expect(sink.received).toHaveLength(1);
    await later(1);
    await until(isEmpty);
    const [first, second] = sink.received as [Received, Received];
    expect(second.headers['webhook-id']).toBe(first.headers['webhook-id']);
    expect(second.body).toEqual(first.body);
    expect(second.headers['x-xmode-signature']).not.toBe(first.headers['x-xmode-signature']);
    expect(isSignedBy(secret, second)).toBe(true);
    expect(await stateOf(message)).toMatchObject({ status: 'delivered', attempts: 2 });
  });

  test('that is repeated after more than five minutes is accepted by a receiver that refuses old ones', async () => {
    sink.answers.push(500, 500);
    const { message } = await ended();
    await recorded(message, 1);
    await later(6_000);
    await recorded(message, 2);
    await later(360_000);
    await until(isEmpty);
    const [first, , third] = sink.received as [Received, Received, Received];
    expect(isSignedBy(secret, first)).toBe(false);
    expect(isSignedBy(secret, third)).toBe(true);
  });

  test('waits as long as the receiver asks', async () => {
    sink.answers.push({ status: 429, headers: { 'retry-after': '3600' } });
    const { message } = await ended();
    await recorded(message, 1);
    const [{ nextAttemptAt }] = attemptsOf(message) as [{ nextAttemptAt: string }];
    const waitMs = Date.parse(nextAttemptAt) - api.clock.now().getTime();
    expect(waitMs).toBeGreaterThanOrEqual(3_600_000);
  });

  test('for the tenth time ends the message', async () => {
    sink.answers.push(...Array.from({ length: 10 }, () => 503));
    const { message } = await ended();
    for (const [n] of RETRY_DELAYS_SECONDS.entries()) {
      await recorded(message, n + 1);
      await later(WEEK_MS);
    }
    await until(isEmpty);
    expect(await stateOf(message)).toMatchObject({ status: 'exhausted', attempts: 10 });
    await later(WEEK_MS);
    expect(sink.received).toHaveLength(10);
  });

  test('because the receiver is gone for good ends the message', async () => {
    sink.answers.push(410);
    const { message } = await ended();
    await until(isEmpty);
    expect(await stateOf(message)).toMatchObject({ status: 'refused', attempts: 1 });
  });

  test('because nobody listens is recorded by its cause', async () => {
    const { message } = await ended('http://127.0.0.1:1/hook');
    await recorded(message, 1);
    expect(attemptsOf(message)).toMatchObject([
      { outcome: 'retry', status: null, error: 'connection_failed' },
    ]);
  });

  test('because the target must not be reached any more is recorded, and nothing is sent', async () => {
    const { message } = await ended('https://10.0.0.7/hook');
    await recorded(message, 1);
    expect(attemptsOf(message)).toMatchObject([{ outcome: 'retry', error: 'forbidden_target' }]);
  });

  test('because of a redirect is not followed', async () => {
    sink.answers.push({ status: 302, headers: { location: `${url}/elsewhere` } });
    const { message } = await ended();
    await recorded(message, 1);
    expect(attemptsOf(message)).toMatchObject([{ outcome: 'retry', status: 302 }]);
    expect(sink.received.map(({ path }) => path)).toEqual(['/hook']);
  });
});

describe('while the secret is rotated', () => {
  test('both secrets sign, and after the overlap the new one alone', async () => {
    const { webhookSecret } = await tenants.rotateWebhookSecret(tenantId, 60, byTest);
    await ended();
    await until(isEmpty);
    const [during] = sink.received as [Received];
    expect(String(during.headers['x-xmode-signature']).split(',')).toHaveLength(2);
    expect(String(during.headers['webhook-signature']).split(' ')).toHaveLength(2);
    expect([isSignedBy(secret, during), isSignedBy(webhookSecret, during)]).toEqual([true, true]);
    api.clock.advance(60_000);
    await ended();
    await until(() => sink.received.length === 2 && isEmpty());
    const [, after] = sink.received as [Received, Received];
    expect([isSignedBy(secret, after), isSignedBy(webhookSecret, after)]).toEqual([false, true]);
  });

  test('a secret is looked up once in five seconds', async () => {
    const look = vi.spyOn(tenants, 'webhookSecrets');
    await Promise.all([ended(), ended(), ended()]);
    await until(() => sink.received.length === 3 && isEmpty());
    expect(look).toHaveBeenCalledTimes(1);
    api.clock.advance(5_000);
    await ended();
    await until(() => sink.received.length === 4 && isEmpty());
    expect(look).toHaveBeenCalledTimes(2);
  });

  test('a look-up that failed is not remembered: no attempt is counted, and the next one works', async () => {
    vi.spyOn(tenants, 'webhookSecrets').mockRejectedValueOnce(new Error('keys away'));
    const { message } = await ended();
    await delay(100);
    expect(sink.received).toEqual([]);
    await later(5_000);
    await until(isEmpty);
    expect(await stateOf(message)).toMatchObject({ status: 'delivered', attempts: 1 });
  });
});

describe('a message whose content was erased', () => {
  const erase = async (id: string) => {
    const { runner, store } = api.process;
    const withheld = new WithheldOutputs(api.assets, api.shared.blobs, 30);
    const eraser = new GenerationEraser(runner, api.assets, withheld, store, api.dataKeys);
    const view = await loadGeneration(store, id);
    if (view !== undefined) await eraser.erase(view, 'deleted', byTest);
  };

  test('is withdrawn at its next attempt, and nothing is sent any more', async () => {
    sink.answers.push(500);
    const { id, message } = await ended();
    await recorded(message, 1);
    await erase(id);
    await later(6_000);
    await until(isEmpty);
    expect(await stateOf(message)).toMatchObject({ status: 'withdrawn' });
    expect(sink.received).toHaveLength(1);
  });

  test('is withdrawn also when only its keys are gone', async () => {
    sink.answers.push(500);
    const { id, message } = await ended();
    await recorded(message, 1);
    const view = await loadGeneration(api.process.store, id);
    await api.dataKeys.destroy([view?.dataKeyId ?? '']);
    await later(6_000);
    await until(isEmpty);
    expect(await stateOf(message)).toMatchObject({ status: 'withdrawn' });
  });
});

describe('a low balance', () => {
  /** What the watch and the message creator make of everything so far, again and again. */
  async function watch(): Promise<void> {
    const { runner, store, log } = api.process;
    const watching = new BalanceWatch(alerts(), store);
    const creator = new WebhookMessageCreator(runner, store, queue, traffic);
    for (const reactor of [watching, creator]) {
      for (const event of [...log.events]) {
        if (reactor.categories.includes(streamCategory(event.stream))) await reactor.react(event);
      }
      await reactor.flush();
    }
  }
  const available = () =>
    api.process.runner.read(tokenAccountStream, tenantId, (account) => account.available);

  test('is told to the alert’s URL once, however often it is looked at', async () => {
    const threshold = await available();
    await alerts().set(tenantId, { threshold, url: `${url}/low` }, byTest);
    await watch();
    expect(queue.ids).toEqual([]);
    await api.submit();
    await api.submit();
    await watch();
    await watch();
    await until(() => sink.received.length > 0 && isEmpty());
    const [message] = sink.received;
    expect(sink.received).toHaveLength(1);
    expect(message?.path).toBe('/low');
    expect(JSON.parse(message?.body.toString() ?? '')).toEqual({
      type: 'account.low_balance',
      timestamp: api.clock.isoNow(),
      data: { available: Number(threshold) - 20, threshold: Number(threshold) },
    });
    expect(message && isSignedBy(secret, message)).toBe(true);
  });

  test('is told again after it recovered', async () => {
    const threshold = await available();
    await alerts().set(tenantId, { threshold, url: `${url}/low` }, byTest);
    for (let crossing = 1; crossing <= 2; crossing += 1) {
      await api.submit();
      await watch();
      const grant = { grantId: `more_${crossing}`, tokens: 10n, reason: 'more', expiresAt: null };
      await tenants.grant(tenantId, grant, byTest);
      await watch();
      await until(() => sink.received.length === crossing && isEmpty());
    }
    const ids = sink.received.map(({ headers }) => headers['webhook-id']);
    expect(new Set(ids).size).toBe(2);
  });

  test('is told at once to whoever sets an alert above the balance, and not after it is cleared', async () => {
    sink.answers.push(503);
    const threshold = (await available()) + 1n;
    await alerts().set(tenantId, { threshold, url: `${url}/low` }, byTest);
    await watch();
    await until(() => sink.received.length === 1);
    await alerts().clear(tenantId, byTest);
    await later(60_000);
    await until(isEmpty);
    expect(sink.received).toHaveLength(1);
    expect(await alerts().get(tenantId)).toBeUndefined();
  });
});

describe('an endpoint', () => {
  const register = (more: Partial<NewEndpoint> = {}) => {
    const events = ['generation.completed', 'endpoint.disabled'] as const;
    const wanted = { url: `${url}/all`, scheme: 'standard', events, ...more } as const;
    return endpoints().register(tenantId, wanted, byTest);
  };
  const disabledOf = async (id: string) => (await endpoints().get(tenantId, id)).disabled;
  /** What reactors make of everything so far. */
  async function react(): Promise<void> {
    const { runner, store, log } = api.process;
    const creator = new WebhookMessageCreator(runner, store, queue, traffic);
    for (const event of [...log.events]) {
      if (creator.categories.includes(streamCategory(event.stream))) await creator.react(event);
    }
    await creator.flush();
  }
  async function happens(count: number): Promise<void> {
    const complete = { type: 'CompleteGeneration', stored: [storedImage()], lost: [] } as const;
    for (let n = 0; n < count; n += 1) {
      const { id } = await api.submit({ webhookUrl: null });
      await api.process.runner.run(generationStream, id, complete, byTest);
    }
    await react();
  }
  /** Time goes on for as long as it takes: what is put off while it does is put off from then. */
  const inTime = (stepMs: number, holds: () => boolean | Promise<boolean>) =>
    until(async () => {
      await later(stepMs);
      return holds();
    });
  const sequences = () => sink.received.map(({ headers }) => headers['webhook-sequence']);

  test('is told with headers of its own, what happened, and the signature of its scheme', async () => {
    const headers = { 'x-shop': 'north' };
    const { publicKey } = await register({ scheme: 'standard-ed25519', headers });
    await happens(1);
    await until(isEmpty);
    const [request] = sink.received as [Received];
    expect(request.headers).toMatchObject({
      'x-shop': 'north',
      'webhook-event': 'generation.completed',
      'webhook-sequence': '1',
    });
    const received = { headers: request.headers, rawBody: request.body };
    const nowSeconds = api.clock.now().getTime() / 1000;
    verifyStandardWebhooks(received, publicKey ?? '', { nowSeconds });
    expect(() => verifyStandardWebhooks(received, secret, { nowSeconds })).toThrow();
  });

  test('in order is told one after the other, also when the first one is tried again', async () => {
    await register({ ordering: 'endpoint', retryDelays: [1] });
    sink.answers.push(503);
    await happens(3);
    await inTime(1_000, isEmpty);
    expect(sequences()).toEqual(['1', '1', '2', '3']);
  });

  test('that fails is called no more until a probe, which lets the others through', async () => {
    const { id } = await register({ retryDelays: [3_600] });
    sink.answers.push(...Array(5).fill(500));
    await happens(5);
    await until(async () => (await traffic.health(id)).breaker.openings === 1);
    await happens(3);
    await later(20_000);
    expect(sink.received).toHaveLength(5);
    await inTime(60_000, isEmpty);
    expect(sink.received).toHaveLength(5 + 8);
    expect((await traffic.health(id)).failingSinceMs).toBeNull();
  });

  test('that answers 410 is disabled, another one hears of it, and what waits is sent once it is enabled', async () => {
    const { id } = await register();
    const watching = await register({ url: `${url}/watching`, events: ['endpoint.disabled'] });
    sink.answers.push(410);
    await happens(1);
    await until(async () => (await disabledOf(id)) !== null && isEmpty());
    expect(await disabledOf(id)).toMatchObject({ cause: 'gone' });
    await later(1_000);
    await happens(2);
    await until(() => sink.received.length === 2);
    expect(sink.received[1]?.path).toBe('/watching');
    expect(JSON.parse(String(sink.received[1]?.body))).toMatchObject({
      type: 'endpoint.disabled',
      data: { endpointId: id, cause: 'gone' },
    });
    await endpoints().enable(tenantId, id, byTest);
    await endpoints().remove(tenantId, watching.id, byTest);
    const catchUp = new EndpointCatchUp(traffic, queue);
    api.clock.advance(1_000);
    const stream = api.shared.log.streams.get(`webhookEndpoint-${tenantId}`) ?? [];
    for (const event of stream) await catchUp.react(event);
    await until(isEmpty);
    expect(sink.received.slice(2).map(({ path }) => path)).toEqual(['/all', '/all']);
  });

  test('has no more under way than its concurrency, however many processes deliver', async () => {
    const other = newDeliverer();
    other.start();
    const { id } = await register({ concurrency: 2 });
    const answers = gate();
    let busy = 0;
    let most = 0;
    sink.hold = async () => {
      busy += 1;
      most = Math.max(most, busy);
      await Promise.race([answers.opened, delay(30)]);
      busy -= 1;
    };
    const ids = async () =>
      (await traffic.attend({ id: 'me', makesRoomUpTo: 99, underWay: {} })).length;
    await until(async () => (await ids()) === 3);
    await traffic.depart('me');
    await happens(12);
    await inTime(100, isEmpty);
    await other.stop();
    expect(sink.received.length).toBeGreaterThanOrEqual(12);
    expect(most).toBeLessThanOrEqual(2);
    expect((await traffic.conditions([id])).get(id)?.waiting).toBe(0);
  });

  test('that took nothing for days is disabled', async () => {
    const { id } = await register({
      retryDelays: Array(6).fill(86_400),
    });
    sink.answers.push(...Array(7).fill(500));
    await happens(1);
    await inTime(6 * 3_600_000, async () => (await disabledOf(id)) !== null);
    expect(await disabledOf(id)).toMatchObject({ cause: 'failing' });
  });

  test('with a rate is called as often as it says', async () => {
    await register({ perSecond: 10 });
    await happens(6);
    await until(() => sink.received.length >= 1);
    // A tenth of a second may be made up for at once; the others wait for time to go by.
    await delay(100);
    expect(sink.received.length).toBeLessThan(4);
    await inTime(150, isEmpty);
    expect(sink.received).toHaveLength(6);
  });
});

describe('stopping', () => {
  test('waits for the answer under way, records it and begins nothing new', async () => {
    const answer = gate();
    sink.hold = () => answer.opened;
    const { message } = await ended();
    await until(() => sink.received.length === 1);
    const stopping = deliverer.stop();
    await ended();
    await delay(50);
    expect(attemptsOf(message)).toEqual([]);
    answer.open();
    await stopping;
    expect(await stateOf(message)).toMatchObject({ status: 'delivered' });
    expect(sink.received).toHaveLength(1);
    expect(queue.ids).toHaveLength(1);
  });

  test('cuts a slow answer off after five seconds: it was no attempt and is due at once', async () => {
    sink.hold = () => new Promise(() => {});
    const { message } = await ended();
    await until(() => sink.received.length === 1);
    const before = performance.now();
    await deliverer.stop();
    expect(performance.now() - before).toBeLessThan(7_000);
    expect(attemptsOf(message)).toEqual([]);
    sink.hold = async () => undefined;
    deliverer = newDeliverer();
    deliverer.start();
    await until(isEmpty);
    expect(await stateOf(message)).toMatchObject({ status: 'delivered', attempts: 1 });
  });
});

describe('when things break', () => {
  test('an outcome that could not be recorded is sent again under the same message id', async () => {
    const { store } = api.process;
    store.beforeAppend = ([first]) => {
      if (!first?.stream.startsWith('webhookMessage') || sink.received.length === 0) return;
      store.beforeAppend = () => undefined;
      throw new EventStoreUnavailable('connection lost');
    };
    const { message } = await ended();
    await until(() => sink.received.length === 1);
    await delay(50);
    await later(5_000);
    await until(isEmpty);
    const ids = sink.received.map(({ headers }) => headers['webhook-id']);
    expect(ids).toEqual([message, message]);
    expect(attemptsOf(message)).toMatchObject([{ attempt: 1, outcome: 'delivered' }]);
  });

  test('a message of a process that died is taken over when its lease has run out', async () => {
    await deliverer.stop();
    const { message } = await ended();
    await queue.lease({ workerId: 'dead', limit: 1, leaseMs: 60_000 });
    deliverer = newDeliverer();
    api.clock.advance(60_000);
    deliverer.start();
    await until(isEmpty);
    expect(await stateOf(message)).toMatchObject({ status: 'delivered' });
  });

  test('a message asked for again during an attempt ends with the last word of its stream', async () => {
    const answer = gate();
    sink.hold = () => (sink.received.length === 1 ? answer.opened : Promise.resolve());
    sink.answers.push(500, 204);
    const { message } = await ended();
    await until(() => sink.received.length === 1);
    const redelivery = new WebhookRedelivery(api.process.runner, queue);
    await redelivery.redeliver(tenantId, message, byTest);
    await until(() => sink.received.length === 2);
    answer.open();
    await until(isEmpty);
    // The attempt that answered first counts under number 1; the other one had that number too.
    expect(attemptsOf(message)).toMatchObject([{ attempt: 1, outcome: 'delivered' }]);
    expect(await stateOf(message)).toMatchObject({ status: 'delivered' });
  });

  test('an attempt whose number another one has taken does not take the message from the queue', async () => {
    const answers = [gate(), gate()];
    sink.hold = async () => answers[sink.received.length - 1]?.opened;
    sink.answers.push(500, 204, 204);
    const { message } = await ended();
    await until(() => sink.received.length === 1);
    const redelivery = new WebhookRedelivery(api.process.runner, queue);
    await redelivery.redeliver(tenantId, message, byTest);
    await until(() => sink.received.length === 2);
    answers[0]?.open();
    await recorded(message, 1);
    // The second attempt succeeds under a number that has failed already: the message is tried again.
    answers[1]?.open();
    await until(isEmpty);
    expect(sink.received).toHaveLength(3);
    expect(attemptsOf(message)).toMatchObject([
      { attempt: 1, outcome: 'retry' },
      { attempt: 2, outcome: 'delivered' },
    ]);
  });

  test('a queue that does not answer is asked again', async () => {
    await deliverer.stop();
    const lease = vi.spyOn(queue, 'lease').mockRejectedValueOnce(new Error('queue away'));
    deliverer = newDeliverer();
    deliverer.start();
    await until(() => lease.mock.calls.length >= 2);
    await ended();
    await until(isEmpty);
    expect(sink.received).toHaveLength(1);
  });

  test('a message in the queue that no stream knows is dropped', async () => {
    await queue.enqueue([{ id: 'msg_unknown', tenantId, lane: 'webhook', cost: 1 }]);
    await until(isEmpty);
    expect(sink.received).toEqual([]);
  });
});
