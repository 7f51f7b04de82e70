import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ApiClient } from '../support/api-client.js';
import { ImprestProgram } from '../support/imprest-program.js';
import { LocalHttpServer } from '../support/local-http-server.js';
import { createTenant, type TestTenant } from '../support/tenants.js';

const GONE = { status: 410, headers: { 'x-receiver': 'closed' }, body: 'closed for repairs' };
const PROMPT = 'A lighthouse on a quiet shore';
const PATIENCE_MS = 60_000;

describe('what a webhook told, or should have', () => {
  let program: ImprestProgram;
  let receiver: LocalHttpServer;
  let tenant: TestTenant;
  let client: ApiClient;
  const begunAt = new Date(Date.now() - 60_000).toISOString();

  beforeAll(async () => {
    receiver = await LocalHttpServer.start(() => GONE);
    program = await ImprestProgram.create({ SIMULATOR_TRIAL_FAULTS: 'true' });
    await program.start();
    tenant = await createTenant(program.url, program.adminKey, 10_000);
    client = tenant.client;
  });
  afterAll(async () => {
    await program?.dispose();
    await receiver?.stop();
  });

  /** A generation that has ended, told to the receiver; one that fails takes no time. */
  async function ended(path: string, prompt = `${PROMPT} [fail:user]`): Promise<string> {
    const { body } = await client.post('/v1/generations', {
      endUserEmail: 'ada@example.com',
      prompt,
      size: '1900x1900',
      webhookUrl: `${receiver.url}${path}`,
    });
    await client.outcome(body.requestId, PATIENCE_MS);
    return body.requestId;
  }

  async function until<T>(look: () => Promise<T>, holds: (found: T) => boolean): Promise<T> {
    const deadline = Date.now() + PATIENCE_MS;
    for (;;) {
      const found = await look();
      if (holds(found)) return found;
      if (Date.now() > deadline) throw new Error(`not in time: ${JSON.stringify(found)}`);
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }

  const messageOf = async (generationId: string) =>
    (await client.get(`/v1/webhook-messages?generationId=${generationId}`)).body.messages[0];
  const withStatus = (generationId: string, status: string) =>
    until(
      () => messageOf(generationId),
      (message) => message?.status === status,
    );
  const attemptsAt = async (messageId: string) =>
    (await client.get(`/v1/webhook-messages/${messageId}/attempts`)).body.attempts ?? [];
  const eventsAbout = async (generationId: string) => {
    const { body } = await client.get('/v1/events?limit=100');
    return body.events.filter((event: { body: { requestId?: string } | null }) =>
      event.body?.requestId?.includes(generationId),
    );
  };

  it('is sent again once the receiver is repaired, and no more often than asked for', async () => {
    const ids = await Promise.all([ended('/again/1'), ended('/again/2')]);
    for (const id of ids) await withStatus(id, 'refused');
    receiver.answerWith(() => ({ status: 204 }));

    const asked = { since: begunAt, statuses: ['refused'] };
    const key = { 'idempotency-key': 'after-the-outage' };
    const first = await client.post('/v1/webhook-messages/recover', asked, key);
    expect(first.status).toBe(202);
    const again = await client.post('/v1/webhook-messages/recover', asked, key);
    expect(again.body.id).toBe(first.body.id);

    const done = await until(
      async () => (await client.get(`/v1/webhook-recoveries/${first.body.id}`)).body,
      ({ status }) => status !== 'running',
    );
    expect(done).toMatchObject({ status: 'complete', looked: 2, recovered: 2 });
    for (const id of ids) await withStatus(id, 'delivered');
    const deliveries = receiver.received.filter(({ path }) => path.startsWith('/again/'));
    expect(deliveries.map(({ path }) => path).sort()).toEqual([
      '/again/1',
      '/again/1',
      '/again/2',
      '/again/2',
    ]);
  });

  it('can be read instead, each event once and with the body of its webhook', async () => {
    receiver.answerWith(() => ({ status: 204 }));
    const id = await ended('/read', PROMPT);
    await withStatus(id, 'delivered');
    const told = await until(
      () => eventsAbout(id),
      (events) => events.length === 2,
    );
    expect(told.map(({ type }: { type: string }) => type)).toEqual([
      'generation.started',
      'generation.completed',
    ]);
    const delivered = receiver.received.find(({ path }) => path === '/read');
    expect(told[1].body).toEqual(JSON.parse(String(delivered?.body)));

    const { body: end } = await client.get('/v1/events?limit=100');
    const waiting = client.get(
      `/v1/events?after=${end.nextCursor}&types=generation.failed&wait=30`,
    );
    const next = await ended('/read/next');
    const { events, nextCursor } = (await waiting).body;
    expect(events).toMatchObject([{ type: 'generation.failed', body: { requestId: next } }]);
    const { body: rest } = await client.get(
      `/v1/events?after=${nextCursor}&types=generation.failed`,
    );
    expect(rest).toEqual({ events: [], nextCursor, more: false });
  });

  it('is looked into attempt by attempt, until whom it tells of is erased', async () => {
    receiver.answerWith(() => GONE);
    const id = await ended('/look?token=secret');
    const message = await withStatus(id, 'refused');
    const [attempt] = await until(
      () => attemptsAt(message.id),
      (attempts) => attempts[0]?.exchange != null,
    );
    expect(attempt).toMatchObject({
      ...{ attempt: 1, outcome: 'refused', status: 410 },
      exchange: {
        request: {
          url: `${receiver.url}/look`,
          headers: { 'webhook-id': message.id },
          body: { isCut: false },
        },
        response: {
          status: 410,
          headers: { 'x-receiver': 'closed' },
          body: { text: 'closed for repairs', isCut: false },
        },
      },
    });
    const { exchange } = attempt;
    expect(JSON.parse(exchange.request.body.text).requestId).toBe(id);
    expect(exchange.timing.total).toBeGreaterThanOrEqual(0);

    expect((await client.call('DELETE', `/v1/generations/${id}`)).status).toBeLessThan(300);
    await until(
      () => attemptsAt(message.id),
      (attempts) => attempts[0]?.exchange === null,
    );
    expect(await eventsAbout(id)).toEqual([]);
  });

  it('goes to an endpoint that is tried as every other message does', async () => {
    receiver.answerWith(() => ({ status: 204 }));
    const url = `${receiver.url}/tried`;
    const endpoint = await client.post('/v1/webhook-endpoints', {
      url,
      headers: { 'x-shop': 's3' },
    });
    expect(endpoint.status).toBe(201);
    const test = await client.post(`/v1/webhook-endpoints/${endpoint.body.id}/test`);
    expect(test.status).toBe(202);
    const delivered = await receiver.next(({ path }) => path === '/tried');
    expect(delivered.headers['webhook-id']).toBe(test.body.id);
    expect(delivered.headers['webhook-signature']).toMatch(/^v1,/);
    expect(JSON.parse(String(delivered.body)).type).toBe('webhook.test');

    const attempts = await until(
      () => attemptsAt(test.body.id),
      (made) => made[0]?.exchange != null,
    );
    expect(attempts[0].exchange.request.headers['x-shop']).toBe('[redacted]');
    const hostile = { url: 'https://169.254.169.254/latest/meta-data/' };
    expect((await client.post('/v1/webhook-endpoints', hostile)).status).toBe(400);
  });

  it('is recovered by an operator, and read with the scope for it only', async () => {
    const admin = new ApiClient(program.url, program.adminKey);
    const at = `/admin/v1/tenants/${tenant.id}/webhook-recoveries`;
    const asked = await admin.post(at, { since: begunAt, reason: 'their receiver was down' });
    expect(asked.status).toBe(202);
    const { body } = await until(
      () => admin.get(at),
      (answer) => answer.body.recoveries[0]?.status !== 'running',
    );
    expect(body.recoveries.map(({ status }: { status: string }) => status)).toContain('complete');
    const reader = await createTenant(program.url, program.adminKey, 0, {
      scopes: ['generations:read'],
    });
    expect((await reader.client.get('/v1/events')).status).toBe(403);
    const stranger = await createTenant(program.url, program.adminKey, 0);
    expect((await stranger.client.get('/v1/events')).body.events).toEqual([]);
  });
});
