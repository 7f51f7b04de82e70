import type { OpenEndpoint } from '@imprest/application';
import type { WebhookAttemptOutcome } from '@imprest/domain';
import type { WebhookQueries } from '@imprest/read-models';
import { fixedClock, InMemoryEndpointTraffic } from '@imprest/testkit';
import { expect, test } from 'vitest';
import { EndpointHealths } from './endpoint-healths.js';

const endpoint = { id: 'whk_1', disabled: null } as OpenEndpoint;
const waiting = { endpointId: 'whk_1', messageId: 'msg_1', tenantId: 'studio', line: null };

async function healthAfter(
  failures: number,
  outcomes: readonly WebhookAttemptOutcome[],
  { messages: count = 0, disabled = endpoint.disabled } = {},
) {
  const clock = fixedClock();
  const traffic = new InMemoryEndpointTraffic(() => clock.now().getTime());
  for (let n = 0; n < count; n += 1) await traffic.join({ ...waiting, messageId: `msg_${n}` });
  for (let count = 0; count < failures; count += 1) {
    await traffic.failed(endpoint.id, clock.now().getTime());
  }
  const recentOutcomes = async () => new Map([[endpoint.id, outcomes]]);
  const messages = { recentOutcomes } as unknown as WebhookQueries;
  const healths = new EndpointHealths(traffic, clock, { webhookWaitingDays: 30 }, messages);
  const [found] = await healths.of('studio', [{ ...endpoint, disabled }]);
  return { health: found?.health, now: clock.now().toISOString() };
}

test('an endpoint that works is closed, and one that nothing was sent to has no ratio', async () => {
  expect((await healthAfter(0, [])).health).toEqual({
    ...{ breaker: 'closed', probeAt: null, failingSince: null, recent: [], successRatio: null },
    ...{ waiting: 0, waitingSince: null, expiresAt: null, underWay: 0 },
  });
});

test('one that fails says since when, and once it is open when it is tried again', async () => {
  const { health, now } = await healthAfter(5, ['retry', 'retry', 'retry', 'delivered']);
  expect(health).toMatchObject({ breaker: 'open', failingSince: now, successRatio: 0.25 });
  expect(Date.parse(health?.probeAt ?? '')).toBeGreaterThan(Date.parse(now));
});

test('what waits is counted, and at a disabled endpoint it is said when the oldest expires', async () => {
  const { health, now } = await healthAfter(0, [], { messages: 2 });
  expect(health).toMatchObject({ waiting: 2, waitingSince: now, expiresAt: null });
  const disabled = { cause: 'asked', reason: 'disabled by the tenant', disabledAt: now } as const;
  const later = await healthAfter(0, [], { messages: 1, disabled });
  const expiresAt = new Date(Date.parse(now) + 30 * 86_400_000).toISOString();
  expect(later.health).toMatchObject({ waiting: 1, expiresAt });
});
