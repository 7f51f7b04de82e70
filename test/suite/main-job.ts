import { createHmac } from 'node:crypto';
import { readXmp, sniffImage, sniffOutput } from '@imprest/provenance-marking';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ApiClient } from '../support/api-client.js';
import type { Deployment } from '../support/deployments/deployment.js';
import { LocalHttpServer } from '../support/local-http-server.js';
import { createTenant, type TestTenant } from '../support/tenants.js';

/** The smallest picture that may be asked for: renders fastest. */
const size = '1900x1900';
const ask = { endUserEmail: 'Ada@Example.com', prompt: 'Sunrise over a mountain lake', size };

/** Needs a simulator that takes its trial faults from prompts. */
export const mainJob = (running: () => Deployment) =>
  describe('the main job', () => {
    let product: Deployment;
    let receiver: LocalHttpServer;
    let tenant: TestTenant;
    let client: ApiClient;

    beforeAll(async () => {
      receiver = await LocalHttpServer.start();
      product = running();
      tenant = await createTenant(product.url, product.adminKey, 10_000);
      client = tenant.client;
    });

    afterAll(async () => {
      await receiver?.stop();
    });

    async function settled(held = 0): Promise<Record<string, number>> {
      const deadline = Date.now() + 10_000;
      for (;;) {
        const { body } = await client.get('/v1/balance');
        if (body.held === held || Date.now() > deadline) return body;
        await new Promise((resolve) => setTimeout(resolve, 50));
      }
    }

    it('takes a request, debits, renders, charges, and the picture is real and marked as AI-made', async () => {
      const before = await settled();
      const receipt = await client.post('/v1/generations', ask);
      expect(receipt.status).toBe(202);
      expect(receipt.body).toEqual({
        requestId: expect.stringMatching(/^req_/),
        model: 'xSD4.5',
        status: 'queued',
        prompt: ask.prompt,
        referencesCount: 0,
        endUserEmail: 'ada@example.com',
        createdAt: expect.any(String),
        pollUrl: `${product.url}/v1/generations/${receipt.body.requestId}`,
      });
      const { body: record } = await client.outcome(receipt.body.requestId);
      expect(record).toMatchObject({
        status: 'succeeded',
        cost: { xTokens: 10, refunded: 0 },
        input: { size, n: 1, seed: expect.any(Number), watermark: false },
      });
      const [image] = record.images;
      const picture = await fetch(image.url);
      expect(picture.status).toBe(200);
      const bytes = new Uint8Array(await picture.arrayBuffer());
      expect(sniffImage(bytes)).toEqual({ mediaType: 'image/png', width: 1900, height: 1900 });
      expect(readXmp(bytes, 'image/png')).toContain('trainedAlgorithmicMedia');
      const after = await settled();
      expect(after.available).toBe((before.available ?? 0) - 10);
    });

    it('serves ranges of a picture', async () => {
      // The list follows the events in its own time.
      const listed = async () => {
        const { body } = await client.get('/v1/generations?status=succeeded&limit=1');
        return body.generations[0]?.images[0].url;
      };
      await expect.poll(listed, { timeout: 10_000 }).toBeDefined();
      const url = await listed();
      const head = await fetch(url, { headers: { range: 'bytes=0-7' } });
      expect(head.status).toBe(206);
      const signature = [...new Uint8Array(await head.arrayBuffer())];
      expect(signature).toEqual([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
      const beyond = await fetch(url, { headers: { range: 'bytes=999999999-' } });
      expect(beyond.status).toBe(416);
      const forged = await fetch(
        url.replace(/sig=./, (first: string) => (first === 'sig=A' ? 'sig=B' : 'sig=A')),
      );
      expect(forged.status).toBe(404);
    });

    it('sets an earlier picture in motion, by the second, with all that a picture has', async () => {
      const before = await settled();
      const { body: list } = await client.get('/v1/generations?status=succeeded&limit=1');
      const [source] = list.generations;
      const request = { endUserEmail: ask.endUserEmail, sourceRequestId: source.requestId };
      const answer = await client.post(
        '/v1/generations',
        { ...request, prompt: 'zoom in', duration: 1 },
        { prefer: 'wait=30' },
      );
      expect(answer.body).toMatchObject({
        status: 'succeeded',
        model: 'motion-draft',
        cost: { xTokens: 5, refunded: 0 },
        input: { sourceRequestId: source.requestId, duration: 1 },
      });
      const [clip] = answer.body.videos;
      const bytes = new Uint8Array(await (await fetch(clip.url)).arrayBuffer());
      const { mediaType } = clip;
      expect(sniffOutput(bytes)).toEqual({ mediaType, moves: true, width: 512, height: 512 });
      expect(readXmp(bytes, mediaType)).toContain('trainedAlgorithmicMedia');
      const part = await fetch(clip.url, { headers: { range: 'bytes=4-11' } });
      expect(part.headers.get('content-type')).toBe(mediaType);
      expect(new Uint8Array(await part.arrayBuffer())).toEqual(bytes.slice(4, 12));
      expect((await settled()).available).toBe((before.available ?? 0) - 5);

      const long = await client.post('/v1/generations', { ...request, duration: 99 });
      expect(long).toMatchObject({ status: 400, body: { error: { field: 'duration' } } });
      const nobodys = { ...request, sourceRequestId: 'req_0123456789abcdefghjkmnpqrs' };
      expect((await client.post('/v1/generations', nobodys)).status).toBe(404);
      const estimate = await client.post('/v1/generations/estimate', { ...request, duration: 2 });
      expect(estimate.body).toMatchObject({ model: 'motion-draft', images: 1, xTokens: 10 });
    });

    it('answers 200 with the record when the caller prefers to wait', async () => {
      const answer = await client.post('/v1/generations', ask, { prefer: 'wait=30' });
      expect(answer.status).toBe(200);
      expect(answer.body.status).toBe('succeeded');
      expect(answer.headers.get('preference-applied')).toBe('wait=30');
    });

    it('delivers the record byte for byte, signed in both schemes', async () => {
      const webhookUrl = `${receiver.url}/hook`;
      const { body } = await client.post('/v1/generations', { ...ask, webhookUrl });
      const delivery = await receiver.next((r) => r.body.includes(body.requestId));
      const { headers } = delivery;
      const record = await fetch(`${product.url}/v1/generations/${body.requestId}`, {
        headers: { authorization: `Bearer ${tenant.key}` },
      });
      expect(delivery.body.toString()).toBe(await record.text());
      const timestamp = String(headers['x-xmode-timestamp']);
      const expected = createHmac('sha256', tenant.webhookSecret)
        .update(`${timestamp}.${delivery.body}`)
        .digest('hex');
      expect(headers['x-xmode-signature']).toBe(`v1=${expected}`);
      const key = Buffer.from(tenant.webhookSecret.slice('whsec_'.length), 'base64');
      const standard = createHmac('sha256', key)
        .update(`${headers['webhook-id']}.${headers['webhook-timestamp']}.${delivery.body}`)
        .digest('base64');
      expect(headers['webhook-signature']).toBe(`v1,${standard}`);
    });

    it('redelivers a webhook under its old id', async () => {
      const deadline = Date.now() + 10_000;
      let message: { id: string; status: string; attempts: number } | undefined;
      while (message?.status !== 'delivered' && Date.now() < deadline) {
        const { body } = await client.get('/v1/webhook-messages');
        [message] = body.messages;
        await new Promise((resolve) => setTimeout(resolve, 100));
      }
      expect(message?.status).toBe('delivered');
      const sent = receiver.received.length;
      const again = await client.post(`/v1/webhook-messages/${message?.id}/redeliver`);
      expect(again.status).toBe(202);
      const repeat = await receiver.next((request) => receiver.received.indexOf(request) >= sent);
      expect(repeat.headers['webhook-id']).toBe(message?.id);
    });

    it('gives everything back when the work fails, and says so in record and webhook', async () => {
      const before = await settled();
      const webhookUrl = `${receiver.url}/failed`;
      const prompt = '[fail:user] A street in the rain';
      const { body } = await client.post('/v1/generations', { ...ask, prompt, webhookUrl });
      const { body: record } = await client.outcome(body.requestId);
      expect(record).toMatchObject({ status: 'failed', cost: { xTokens: 10, refunded: 10 } });
      expect(record.error).toMatchObject({ code: expect.any(String), retryable: false });
      expect((await settled()).available).toBe(before.available);
      const delivery = await receiver.next((r) => r.path === '/failed');
      expect(JSON.parse(delivery.body.toString())).toEqual(record);
    });

    it('charges for the pictures that were made and refunds the one that was not', async () => {
      const before = await settled();
      const prompt = '[lose:1] A bowl of lemons';
      const { body } = await client.post('/v1/generations', { ...ask, prompt, n: 2 });
      const { body: record } = await client.outcome(body.requestId);
      expect(record).toMatchObject({ status: 'succeeded', cost: { xTokens: 20, refunded: 10 } });
      expect((await settled()).available).toBe((before.available ?? 0) - 10);
    });

    it('holds the most of a sequence and settles what was made', async () => {
      const before = await settled();
      const { body } = await client.post('/v1/generations', {
        ...ask,
        prompt: 'Two scenes of a lighthouse by day and by night',
        sequential: 'auto',
        sequentialOptions: { maxImages: 3 },
      });
      const { body: record } = await client.outcome(body.requestId);
      expect(record.status).toBe('succeeded');
      const made = record.images.length;
      expect(made).toBeGreaterThanOrEqual(1);
      expect(record.cost).toMatchObject({ xTokens: 30, refunded: 30 - 10 * made });
      expect((await settled()).available).toBe((before.available ?? 0) - 10 * made);
    });

    it('gives the same pixels for the same seed, and base64 when asked', async () => {
      const request = { ...ask, seed: 42, responseFormat: 'b64_json' };
      const first = await client.post('/v1/generations', request, { prefer: 'wait=30' });
      const second = await client.post('/v1/generations', request, { prefer: 'wait=30' });
      expect(first.body.input.seed).toBe(42);
      const pixels = (record: { images: { b64_json: string }[] }) =>
        idat(record.images[0]!.b64_json);
      expect(pixels(first.body).equals(pixels(second.body))).toBe(true);
    });

    it('composes references in', async () => {
      const { body: list } = await client.get('/v1/generations?status=succeeded&limit=1');
      const [source] = list.generations;
      const bytes = await client
        .get(`/v1/generations/${source.requestId}`)
        .then(({ body }) => Buffer.from(body.images[0].b64_json ?? '', 'base64'));
      expect(bytes.length).toBeGreaterThan(0);
      receiver.answerWith(({ path }) =>
        path === '/reference.png'
          ? { status: 200, headers: { 'content-type': 'image/png' }, body: bytes }
          : { status: 200 },
      );
      const request = {
        ...ask,
        references: `${receiver.url}/reference.png`,
        prompt: 'image_1 on a wall',
      };
      const answer = await client.post('/v1/generations', request, { prefer: 'wait=30' });
      expect(answer.body).toMatchObject({ status: 'succeeded', referencesCount: 1 });
      expect(receiver.received.some(({ path }) => path === '/reference.png')).toBe(true);
    });

    it('streams what happens, and goes on where a reader left off', async () => {
      const { body } = await client.post('/v1/generations', ask);
      const path = `/v1/generations/${body.requestId}/events`;
      const all = parseEvents((await client.get(path)).body);
      expect(all.at(0)?.event).toBe('queued');
      expect(all.map(({ event }) => event)).toContain('image');
      expect(all.at(-1)).toMatchObject({
        event: 'succeeded',
        data: { requestId: body.requestId, status: 'succeeded' },
      });
      const middle = all[1]!;
      const rest = parseEvents((await client.get(path, { 'last-event-id': middle.id })).body);
      expect(rest).toEqual(all.slice(2));
    });

    it('shows who asks for it what a picture is going to look like, marked as AI-made', async () => {
      const slow = { ...ask, prompt: 'A lighthouse at dusk [slow:4000]' };
      const { body } = await client.post('/v1/generations', slow);
      const path = `/v1/generations/${body.requestId}/events?previews=true`;
      const blocks: string[] = (await client.get(path)).body.split('\n\n');
      const [preview] = blocks.filter((block) => block.startsWith('event: preview'));
      const { index, url } = JSON.parse(preview?.split('data: ').at(-1) ?? '{}');
      expect(index).toBe(0);
      const [head, base64] = url.split(',');
      expect(head).toBe('data:image/webp;base64');
      expect(readXmp(Buffer.from(base64, 'base64'), 'image/webp')).toContain(
        'trainedAlgorithmicMedia',
      );
      const again = (await client.get(path)).body;
      expect(again).not.toContain('event: preview');
    });

    it('answers a repeated key with its first answer, and another body with 409', async () => {
      const key = { 'idempotency-key': `key-${Date.now()}` };
      const before = await settled();
      const first = await client.post('/v1/generations', ask, key);
      const repeat = await client.post('/v1/generations', ask, key);
      expect(repeat.body).toEqual(first.body);
      expect(repeat.headers.get('idempotency-replayed')).toBe('true');
      const other = await client.post('/v1/generations', { ...ask, prompt: 'Another' }, key);
      expect(other).toMatchObject({ status: 409, body: { error: { code: 'conflict' } } });
      await client.outcome(first.body.requestId);
      expect((await settled()).available).toBe((before.available ?? 0) - 10);
    });

    it('estimates exactly and debits nothing', async () => {
      const before = await settled();
      const { status, body } = await client.post('/v1/generations/estimate', { ...ask, n: 3 });
      expect(status).toBe(200);
      expect(body).toMatchObject({ xTokens: 30, xTokensPerImage: 10, images: 3 });
      expect(await settled()).toEqual(before);
    });

    it('cancels running work and gives everything back', async () => {
      const before = await settled();
      const prompt = '[slow:20000] Fog over a valley';
      const { body } = await client.post('/v1/generations', { ...ask, prompt });
      await new Promise((resolve) => setTimeout(resolve, 500));
      const cancelled = await client.post(`/v1/generations/${body.requestId}/cancel`);
      expect(cancelled).toMatchObject({
        status: 200,
        body: { status: 'cancelled', cost: { xTokens: 10, refunded: 10 } },
      });
      expect((await settled()).available).toBe(before.available);
      const again = await client.post(`/v1/generations/${body.requestId}/cancel`);
      expect(again.status).toBe(200);
    });

    it('runs the same input again, with overrides', async () => {
      const { body } = await client.post('/v1/generations', { ...ask, seed: 7 });
      await client.outcome(body.requestId);
      const rerun = await client.post(
        `/v1/generations/${body.requestId}/rerun`,
        { watermark: true },
        { prefer: 'wait=30' },
      );
      expect(rerun.status).toBe(200);
      expect(rerun.body.requestId).not.toBe(body.requestId);
      expect(rerun.body.input).toMatchObject({ seed: 7, watermark: true, prompt: ask.prompt });
    });

    it('deletes content for good and keeps the books', async () => {
      const { body } = await client.post('/v1/generations', ask, { prefer: 'wait=30' });
      const image = body.images[0].url;
      expect((await client.call('DELETE', `/v1/generations/${body.requestId}`)).status).toBe(204);
      expect((await client.get(`/v1/generations/${body.requestId}`)).status).toBe(404);
      expect((await fetch(image)).status).toBe(404);
      const entries = await client.get(`/v1/ledger/entries?generationId=${body.requestId}`);
      expect(entries.body.entries.map(({ type }: { type: string }) => type)).toContain(
        'TokensHeld',
      );
    });

    it('lists with filters and pages, newest first', async () => {
      const twoPages = async () => {
        const { body: first } = await client.get('/v1/generations?limit=2');
        const path = `/v1/generations?limit=2&cursor=${first.nextCursor}`;
        const { body: next } = await client.get(path);
        return [...first.generations, ...next.generations];
      };
      const ids = async () => new Set((await twoPages()).map(({ requestId }) => requestId));
      // What was deleted a moment ago leaves a gap in its page until the list hears of it.
      await expect.poll(async () => (await ids()).size, { timeout: 10_000 }).toBe(4);
      const times = (await twoPages()).map(({ createdAt }) => createdAt);
      expect(times).toEqual(times.toSorted().toReversed());
      const { body: failed } = await client.get('/v1/generations?status=failed');
      expect(
        failed.generations.every(({ status }: { status: string }) => status === 'failed'),
      ).toBe(true);
      const { body: nobody } = await client.get('/v1/generations?endUserEmail=nobody@example.com');
      expect(nobody.generations).toEqual([]);
    });

    it('blocks, audits and erases an end user', async () => {
      const endUserEmail = 'grace@example.com';
      const made = await client.post(
        '/v1/generations',
        { ...ask, endUserEmail },
        { prefer: 'wait=30' },
      );
      const path = `/v1/end-users/${endUserEmail}`;
      await expect
        .poll(async () => (await client.get(path)).body.xTokensSpent, { timeout: 10_000 })
        .toBe(10);
      expect((await client.post(`${path}/block`, { reason: 'abuse' })).status).toBe(200);
      const refused = await client.post('/v1/generations', { ...ask, endUserEmail });
      expect(refused).toMatchObject({ status: 403, body: { error: { code: 'forbidden' } } });
      expect((await client.post(`${path}/unblock`, {})).status).toBe(200);
      const erased = await client.call('DELETE', `${path}/generations`);
      expect(erased.body).toEqual({ deleted: 1 });
      expect((await client.get(`/v1/generations/${made.body.requestId}`)).status).toBe(404);
    });

    it('ends with books that balance', async () => {
      const admin = new ApiClient(product.url, product.adminKey);
      await settled();
      const { body } = await admin.get('/admin/v1/ledger/trial-balance');
      expect(body.total).toBe('0');
      const { body: ready } = await admin.get('/readyz');
      expect(ready.ready).toBe(true);
    });
  });

interface ServerSentEvent {
  readonly id: string;
  readonly event: string;
  readonly data: object;
}

function parseEvents(text: string): ServerSentEvent[] {
  return text
    .split('\n\n')
    .filter((block) => block.startsWith('id:'))
    .map((block) => {
      const fields = Object.fromEntries(
        block.split('\n').map((line) => {
          const colon = line.indexOf(': ');
          return [line.slice(0, colon), line.slice(colon + 2)];
        }),
      );
      return {
        id: fields.id ?? '',
        event: fields.event ?? '',
        data: JSON.parse(fields.data ?? ''),
      };
    });
}

/** The compressed pixels of a PNG: files differ in their XMP, which names the asset. */
function idat(base64: string): Buffer {
  const png = Buffer.from(base64, 'base64');
  const chunks: Buffer[] = [];
  for (let at = 8; at < png.length; ) {
    const length = png.readUInt32BE(at);
    const type = png.toString('latin1', at + 4, at + 8);
    if (type === 'IDAT') chunks.push(png.subarray(at + 8, at + 8 + length));
    at += 12 + length;
  }
  return Buffer.concat(chunks);
}
