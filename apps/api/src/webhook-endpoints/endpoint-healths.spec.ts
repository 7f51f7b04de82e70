import type { OpenEndpoint } from '@imprest/application';
import type { WebhookAttemptOutcome } from '@imprest/domain';
import type { WebhookQueries } from '@imprest/read-models';
import { fixedClock, InMemoryEndpointTraffic } from '@imprest/testkit';
import { expect, test } from 'vitest';
import { EndpointHealths } from './endpoint-healths.js';

const endpoint = { id: 'whk_1' } as OpenEndpoint;

async function healthAfter(failures: number, outcomes: readonly WebhookAttemptOutcome[]) {
  const clock = fixedClock();
  const traffic = new InMemoryEndpointTraffic();
  for (let count = 0; count < failures; count += 1) {
    await traffic.failed(endpoint.id, clock.now().getTime());
  }
  const recentOutcomes = async () => new Map([[endpoint.id, outcomes]]);
  const messages = { recentOutcomes } as unknown as WebhookQueries;
  const [found] = await new EndpointHealths(traffic, clock, messages).of('studio', [endpoint]);
  return { health: found?.health, now: clock.now().toISOString() };
}

test('an endpoint that works is closed, and one that nothing was sent to has no ratio', async () => {
  expect((await healthAfter(0, [])).health).toEqual({
    ...{ breaker: 'closed', probeAt: null, failingSince: null, recent: [], successRatio: null },
  });
});

test('one that fails says since when, and once it is open when it is tried again', async () => {
  const { health, now } = await healthAfter(5, ['retry', 'retry', 'retry', 'delivered']);
  expect(health).toMatchObject({ breaker: 'open', failingSince: now, successRatio: 0.25 });
  expect(Date.parse(health?.probeAt ?? '')).toBeGreaterThan(Date.parse(now));
});
