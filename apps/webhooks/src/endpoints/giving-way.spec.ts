import { type EndpointTarget, usualSettings, type WebhookEndpoints } from '@imprest/application';
import { fixedClock, InMemoryEndpointTraffic } from '@imprest/testkit';
import { pino } from 'pino';
import { beforeEach, expect, test } from 'vitest';
import { Deliverers } from './deliverers.js';
import { EndpointGate, type Passage } from './endpoint-gate.js';
import { EndpointPlaces } from './endpoint-places.js';
import { EndpointSuccesses } from './endpoint-successes.js';

const clock = fixedClock();
let gate: EndpointGate;

const passage = (isRecovered: boolean, settings: Partial<EndpointTarget> = {}): Passage => {
  const url = 'https://hooks.example.com/';
  const known = { ...{ url, events: [], scheme: 'standard', secrets: [] }, isDisabled: false };
  const target = { ...usualSettings, ...known, dataKeyId: 'k', ...settings } as EndpointTarget;
  return {
    messageId: 'msg',
    tenantId: 'ten',
    endpointId: 'whk',
    target,
    isTest: false,
    isRecovered,
  };
};
const later = (ms: number) => clock.now().getTime() + ms;

beforeEach(async () => {
  const traffic = new InMemoryEndpointTraffic(() => clock.now().getTime());
  const logger = pino({ level: 'silent' });
  const places = new EndpointPlaces();
  const deliverers = new Deliverers(places, traffic, logger);
  const successes = new EndpointSuccesses(traffic, logger);
  const endpoints = {} as WebhookEndpoints;
  gate = new EndpointGate(endpoints, places, deliverers, successes, traffic, clock, logger);
  await deliverers.attend();
});

test('a recovered message goes to an endpoint that nobody else waits for', async () => {
  expect(await gate.enter(passage(true))).toBeUndefined();
});

test('a recovered message takes no place in line before live ones, and none of theirs', async () => {
  const one = { concurrency: 1 };
  expect(await gate.enter(passage(false, one))).toBeUndefined();
  const live = await gate.enter(passage(false, one));
  const recovered = await gate.enter(passage(true, one));
  const next = await gate.enter(passage(false, one));
  expect(recovered?.getTime()).toBeGreaterThanOrEqual(later(2_000));
  expect(live!.getTime()).toBeLessThan(next!.getTime());
  expect(next!.getTime()).toBeLessThan(later(1_000));
  await gate.leave(passage(false, one), null, 10);
  expect((await gate.enter(passage(true, one)))?.getTime()).toBeGreaterThanOrEqual(later(2_000));
});

test('a recovered message leaves the rate of an endpoint to live ones', async () => {
  const slow = { perSecond: 1 };
  expect(await gate.enter(passage(false, slow))).toBeUndefined();
  expect((await gate.enter(passage(true, slow)))?.getTime()).toBeGreaterThanOrEqual(later(2_000));
  const [first, second] = [
    await gate.enter(passage(false, slow)),
    await gate.enter(passage(false, slow)),
  ];
  expect(second!.getTime() - first!.getTime()).toBeLessThanOrEqual(1_000);
});
