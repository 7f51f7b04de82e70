import type { RecoverySelection } from '@imprest/domain';
import { byTest, exampleIds, InMemoryWorkQueue, SubmissionScenario } from '@imprest/testkit';
import { beforeEach, describe, expect, test } from 'vitest';
import { webhookMessageStream } from '../deciding/stream-types.js';
import type { RecoverablePage, WebhookMessageIndex } from '../ports/webhook-message-index.js';
import { deliveryItem, RECOVERY_LANE, WebhookRecoveries, WebhookRecoveryWorker } from './index.js';

const { tenantId } = exampleIds;
const MINUTE_MS = 60_000;

/** Every message there is, whatever its status, in pages of two. */
class Pages implements WebhookMessageIndex {
  readonly ids: string[] = [];
  asked: RecoverySelection | undefined;

  async recoverable(
    _tenant: string,
    selection: RecoverySelection,
    after: string | null,
  ): Promise<RecoverablePage> {
    this.asked = selection;
    const from = after === null ? 0 : this.ids.indexOf(after) + 1;
    const ids = this.ids.slice(from, from + 2);
    return { ids, next: ids.length === 2 ? ids[1]! : null };
  }
}

let api: SubmissionScenario;
let queue: InMemoryWorkQueue;
let pages: Pages;
let recoveries: WebhookRecoveries;
let reacted: number;

/** A message whose only attempt came to that. */
async function message(id: string, outcome: 'exhausted' | 'retry' | 'none'): Promise<void> {
  const about = { kind: 'generation', id: `gen_${id}` } as const;
  const made = { tenantId, about, endpointId: null, event: null, sequence: null };
  const { runner } = api.process;
  await runner.run(
    webhookMessageStream,
    id,
    { type: 'CreateWebhookMessage', message: made },
    byTest,
  );
  pages.ids.push(id);
  if (outcome === 'none') return;
  const nextAttemptAt = outcome === 'retry' ? '2026-02-15T09:00:00.000Z' : null;
  const result = { outcome, status: 500, error: null, elapsedMs: 5, nextAttemptAt };
  const attempt = { type: 'RecordWebhookAttempt', attempt: 1, result } as const;
  await runner.run(webhookMessageStream, id, attempt, byTest);
}

/** Events of recoveries, each as it comes; those that its reactions cause too. */
async function react(atMost = Number.POSITIVE_INFINITY): Promise<void> {
  const worker = new WebhookRecoveryWorker(api.process.runner, pages, queue);
  const events = () => api.shared.log.streams.get(`webhookRecovery-${tenantId}`) ?? [];
  for (let count = 0; reacted < events().length && count < atMost; count += 1) {
    await worker.react(events()[reacted]!);
    reacted += 1;
  }
}

const ask = (idempotencyKey: string | null = null) =>
  recoveries.request(
    tenantId,
    {
      since: new Date(api.clock.now().getTime() - MINUTE_MS),
      idempotencyKey,
      reason: 'the receiver was repaired',
    },
    byTest,
  );
const progress = async () => {
  const [latest] = await recoveries.list(tenantId);
  return latest && [latest.status, latest.looked, latest.recovered];
};
const lanes = async () => (await queue.depth()).map(({ lane, ready }) => [lane, ready]);

beforeEach(() => {
  api = new SubmissionScenario();
  queue = new InMemoryWorkQueue(api.clock);
  pages = new Pages();
  recoveries = new WebhookRecoveries(api.process.runner, api.clock);
  reacted = 0;
});

describe('a recovery', () => {
  test('asks for what did not arrive, page by page, until nothing is left', async () => {
    for (const id of ['m1', 'm2', 'm3', 'm4', 'm5']) await message(id, 'exhausted');
    await ask();
    expect(await progress()).toEqual(['running', 0, 0]);
    await react(1);
    expect(await progress()).toEqual(['running', 2, 2]);
    await react();
    expect(await progress()).toEqual(['complete', 5, 5]);
    expect(await lanes()).toEqual([[RECOVERY_LANE, 5]]);
    expect(pages.asked?.statuses).toEqual(['exhausted', 'expired', 'pending', 'refused']);
  });

  test('takes a planned retry over, and leaves alone what is about to be sent', async () => {
    await message('m1', 'retry');
    await message('m2', 'none');
    const readyAt = new Date(api.clock.now().getTime() + MINUTE_MS);
    await queue.enqueue([
      { ...deliveryItem('m1', tenantId), readyAt },
      deliveryItem('m2', tenantId),
    ]);
    await ask();
    await react();
    expect(await progress()).toEqual(['complete', 2, 1]);
    expect(new Set(await lanes())).toEqual(
      new Set([
        [RECOVERY_LANE, 1],
        ['webhook', 1],
      ]),
    );
  });

  test('that stops between a page and its record asks for no message twice', async () => {
    await message('m1', 'exhausted');
    await ask();
    const enqueue = queue.enqueue.bind(queue);
    queue.enqueue = () => Promise.reject(new Error('queue away'));
    await expect(react()).rejects.toThrow('queue away');
    queue.enqueue = enqueue;
    await react();
    expect(await progress()).toEqual(['complete', 1, 0]);
    expect(
      api.history('webhookMessage').filter((type) => type === 'WebhookRedeliveryRequested'),
    ).toHaveLength(1);
  });

  test('asked for twice under one key is one; a second one waits for the first', async () => {
    await message('m1', 'exhausted');
    const first = await ask('k1');
    expect((await ask('k1')).recoveryId).toBe(first.recoveryId);
    await expect(ask('k2')).rejects.toMatchObject({ error: { code: 'conflict' } });
    await react();
    expect((await ask('k2')).status).toBe('running');
  });

  test('met again after it has ended does nothing', async () => {
    await message('m1', 'exhausted');
    await ask();
    await react();
    reacted = 0;
    const events = api.shared.log.events.length;
    await react();
    expect(api.shared.log.events).toHaveLength(events);
  });

  test('ends now when it is asked for the future, and needs a time before', async () => {
    const now = api.clock.now();
    const until = new Date(now.getTime() + MINUTE_MS);
    const range = { until, idempotencyKey: null, reason: 'repaired' };
    const before = new Date(now.getTime() - 1);
    const asked = await recoveries.request(tenantId, { since: before, ...range }, byTest);
    expect(asked.until).toBe(now.toISOString());
    await expect(
      recoveries.request(tenantId, { since: now, ...range }, byTest),
    ).rejects.toMatchObject({ error: { code: 'validation_error' } });
  });
});
