import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { answerProblems, operationIds } from '../support/answer-checker.js';
import { type Answer, ApiClient } from '../support/api-client.js';
import { ImprestProgram } from '../support/imprest-program.js';
import { LocalHttpServer } from '../support/local-http-server.js';
import { createTenant, type TestTenant } from '../support/tenants.js';

/** The smallest picture that may be asked for: renders fastest. */
const ask = { endUserEmail: 'ada@example.com', prompt: 'A paper boat', size: '1900x1900' };
const failing = { ...ask, prompt: 'A paper boat [fail:user]' };

/** Answered by others: bytes, streams and what only workers see. */
const ELSEWHERE = [
  'getAsset',
  'getBlurredMedia',
  'getClearMedia',
  'streamGeneration',
  'streamOverview',
  'streamEvents',
  'getMetrics',
  'getReference',
  'fetchReference',
  'leaseJobs',
  'heartbeatLease',
  'watchLease',
  'registerWorker',
  'beatWorker',
  'leaveWork',
  'reportIdentity',
  'reportOutcome',
  'showPreview',
  'uploadOutput',
];

describe('the API reference', () => {
  let program: ImprestProgram;
  let receiver: LocalHttpServer;
  let tenant: TestTenant;
  let admin: ApiClient;
  const checked = new Set<string>();

  beforeAll(async () => {
    receiver = await LocalHttpServer.start();
    program = await ImprestProgram.create({ SIMULATOR_TRIAL_FAULTS: 'true' });
    await program.start();
    tenant = await createTenant(program.url, program.adminKey, 10_000);
    admin = new ApiClient(program.url, program.adminKey);
  });

  afterAll(async () => {
    await program?.dispose();
    await receiver?.stop();
  });

  /** Holds the answer against its schema and its status against the one expected. */
  async function check(id: string, status: number, pending: Promise<Answer>): Promise<Answer> {
    const answer = await pending;
    expect({ id, status: answer.status, problems: answerProblems(id, answer) }).toEqual({
      id,
      status,
      problems: [],
    });
    checked.add(id);
    return answer;
  }

  const eventually = async (look: () => Promise<boolean>) => {
    const deadline = Date.now() + 10_000;
    while (!(await look())) {
      if (Date.now() > deadline) throw new Error('it did not happen in time');
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  };

  it('is served as committed', async () => {
    const events = await check('getAsyncApi', 200, admin.get('/asyncapi.json'));
    expect(events.body.asyncapi).toBe('3.0.0');
    const { body } = await check('getOpenApi', 200, admin.get('/openapi.json'));
    const committed = new URL('../../docs/openapi.json', import.meta.url);
    expect(body).toEqual(JSON.parse(readFileSync(committed, 'utf8')));
    expect((await admin.get('/docs')).status).toBe(200);
  });

  it('is right about what auditors get', async () => {
    await check('getChargeProofSchema', 200, admin.get('/schemas/charge-proof.v1.json'));
    await check('getLedgerBundleLineSchema', 200, admin.get('/schemas/ledger-bundle-line.v1.json'));
    await check('listSealKeys', 200, admin.get('/ledger/seal-keys'));
  });

  it('is right about images and jobs of the uncensored dialect', async () => {
    const { client } = tenant;
    const small = { prompt: 'A paper boat', image_width: 256, image_height: 256 };
    const ask = (status: number, more: object) =>
      check(
        'createUncensoredImage',
        status,
        client.post('/api/v1/images/generations', { ...small, ...more }),
      );
    const { body } = await ask(200, {});
    await check(
      'getUncensoredJob',
      200,
      client.get(`/api/v1/images/generation/jobs/${body.job_id}`),
    );
    await check('getUncensoredJob', 404, client.get('/api/v1/images/generation/jobs/none'));
    await ask(202, { callback_url: `${receiver.url}/hook` });
    await ask(400, { quality: 'low' });
    await ask(403, { prompt: 'A paper boat [fail:moderation]' });
  });

  it('is right about images, tasks, models and references of the OpenAI dialect', async () => {
    const { client } = tenant;
    const small = { prompt: 'A paper boat', size: '256x256' };
    const path = '/v1/images/generations';
    await check('createImages', 200, client.post(path, small));
    const { body } = await check('createImages', 202, client.post(path, { ...small, async: true }));
    await check('createImages', 400, client.post(path, { ...small, n: 0 }));
    await check('getTask', 200, client.get(`/v1/tasks/${body.task_id}`));
    await check('getTask', 404, client.get('/v1/tasks/none'));
    await check('editImages', 400, client.post('/v1/images/edits', small));
    await check('listModels', 200, client.get('/v1/models'));
    const sold = await check('listModels', 200, client.get('/v1/models?dialect=xavira'));
    expect(sold.body.data.map(({ id }: { id: string }) => id)).toContain('realistic-sharp');
    await check('listModels', 400, client.get('/v1/models?dialect=other'));
    await check('getModel', 200, client.get('/v1/models/xSD4.5'));
    await check('getModel', 404, client.get('/v1/models/none'));
    await check('uploadReference', 400, client.post('/v1/references', {}));
    const nothing = '/v1/references/none';
    await check('getUploadedReference', 404, client.get(nothing));
    await check('eraseReference', 404, client.call('DELETE', nothing));
    const consent = { person: 'Ines Example', statement: 'Agreed.', grantedAt: '2026-01-01' };
    const recorded = client.call('PUT', `${nothing}/consent`, consent);
    await check('recordReferenceConsent', 404, recorded);
    const withdrawn = client.call('DELETE', `${nothing}/consent?reason=asked`);
    await check('withdrawReferenceConsent', 404, withdrawn);
  });

  it('is right about characters, what is made of them, and webhooks of the xavira dialect', async () => {
    const { client } = tenant;
    const mira = { model_id: 'realistic-sharp', name: 'Mira', traits: { age: 34 } };
    const { body } = await check('createCharacter', 201, client.post('/v1/characters', mira));
    const { character_id } = body;
    const path = `/v1/characters/${character_id}`;
    await check('getCharacter', 200, client.get(path));
    const older = { traits: { age: 35 } };
    await check('changeCharacter', 200, client.call('PATCH', path, older));
    await check('listCharacters', 200, client.get('/v1/characters'));
    const asked = { character_id, prompt: 'in a library', resolution: '256x256' };
    const made = client.post('/v1/images:generate', asked);
    const { generation_id } = (await check('generateCharacterImage', 201, made)).body;
    const clip = client.post('/v1/videos:generate', { generation_id });
    await check('generateCharacterVideo', 202, clip);
    await check('deleteCharacter', 204, client.call('DELETE', path));
    const wanted = { url: `${receiver.url}/registered` };
    const hook = await check('registerWebhook', 201, client.post('/v1/webhooks', wanted));
    const address = `/v1/webhooks/${hook.body.webhook_id}`;
    await check('getWebhook', 200, client.get(address));
    await check('listWebhooks', 200, client.get('/v1/webhooks'));
    await check('removeWebhook', 204, client.call('DELETE', address));
  });

  it('is right about generations', async () => {
    const { client } = tenant;
    const waiting = { prefer: 'wait=30', 'idempotency-key': 'reference-1' };
    const webhookUrl = `${receiver.url}/hook`;
    await check('estimateGeneration', 200, client.post('/v1/generations/estimate', ask));
    const whole = { ...ask, webhookUrl, responseFormat: 'b64_json' };
    await check('createGeneration', 200, client.post('/v1/generations', whole, waiting));
    const { body } = await check('createGeneration', 202, client.post('/v1/generations', ask));
    const path = `/v1/generations/${body.requestId}`;
    await check('getGeneration', 200, client.get(path));
    await client.outcome(body.requestId);
    await check('getGeneration', 200, client.get(path));
    await check('getChargeProof', 200, client.get(`${path}/proof`));
    const kinds = async () =>
      (await client.get(`${path}/timeline`)).body.events.map(({ kind }: { kind: string }) => kind);
    await eventually(async () => (await kinds()).includes('settled'));
    const steps = ['requested', 'held', 'queued', 'attempt_started', 'succeeded', 'settled'];
    expect((await kinds()).filter((kind: string) => steps.includes(kind))).toEqual(steps);
    await check('getGenerationTimeline', 200, client.get(`${path}/timeline`));
    const { body: cost } = await check('getGenerationCost', 200, client.get(`${path}/cost`));
    expect(cost.lots).toMatchObject([{ held: cost.held, charged: cost.charged }]);
    expect(cost.attempts).toMatchObject([{ attempt: 1, outcome: 'succeeded' }]);
    const seen = async (who: ApiClient, text: string) => {
      const { body: answer } = await check('findById', 200, who.get(`/v1/find?id=${text}`));
      return answer.found.map(({ kind }: { kind: string }) => kind);
    };
    const { images } = (await client.get(path)).body;
    await eventually(async () => (await seen(client, images[0].id)).includes('image'));
    expect(await seen(client, body.requestId)).toEqual(['generation']);
    expect(await seen(client, cost.lots[0].lotId)).toEqual(['lot']);
    expect(await seen(client, ask.endUserEmail)).toEqual(['end_user']);
    expect(await seen(client, 'nothing_of_this_name')).toEqual([]);
    const { client: stranger } = await createTenant(program.url, program.adminKey, 0);
    await check('getGenerationTimeline', 404, stranger.get(`${path}/timeline`));
    await check('getGenerationCost', 404, stranger.get(`${path}/cost`));
    for (const id of [body.requestId, images[0].id, cost.lots[0].lotId, ask.endUserEmail]) {
      expect(await seen(stranger, id)).toEqual([]);
    }
    const sequence = {
      sequential: 'auto',
      sequentialOptions: { maxImages: 2 },
      prompt: failing.prompt,
    };
    await check('rerunGeneration', 202, client.post(`${path}/rerun`));
    const failed = client.post(`${path}/rerun`, sequence, { prefer: 'wait=30' });
    expect((await check('rerunGeneration', 200, failed)).body.error).toBeDefined();
    await check('cancelGeneration', 409, client.post(`${path}/cancel`));
    await eventually(async () => (await client.get('/v1/generations')).body.generations.length > 3);
    await check('listGenerations', 200, client.get('/v1/generations?limit=2'));
    await check('deleteGeneration', 204, client.call('DELETE', path));
    await check('getGeneration', 404, client.get(path));
  });

  it('is right about refusals', async () => {
    const { client } = tenant;
    await check('createGeneration', 400, client.post('/v1/generations', { prompt: 'A boat' }));
    await check(
      'createGeneration',
      401,
      new ApiClient(program.url, 'x').post('/v1/generations', ask),
    );
    await check(
      'createGeneration',
      413,
      client.post('/v1/generations', { ...ask, x: 'x'.repeat(2 ** 20) }),
    );
    const again = { 'idempotency-key': 'reference-1' };
    await check('createGeneration', 409, client.post('/v1/generations', ask, again));
    const { client: poor } = await createTenant(program.url, program.adminKey, 1, {
      scopes: ['generations:write'],
      requestsPerMinute: 1,
    });
    await check('createGeneration', 402, poor.post('/v1/generations', ask));
    const limited = await check('createGeneration', 429, poor.post('/v1/generations', ask));
    expect(Number(limited.headers.get('retry-after'))).toBeLessThan(60);
    await check('getBalance', 403, poor.get('/v1/balance'));
  });

  it('is right about account and end users', async () => {
    const { client } = tenant;
    const user = `/v1/end-users/${ask.endUserEmail}`;
    await check('getBalance', 200, client.get('/v1/balance'));
    await eventually(async () => (await client.get('/v1/ledger/entries')).body.entries.length > 5);
    await check('listLedgerEntries', 200, client.get('/v1/ledger/entries?limit=100'));
    await check('listEndUsers', 200, client.get('/v1/end-users'));
    await check('listEndUserGenerations', 200, client.get(`${user}/generations`));
    await check('blockEndUser', 200, client.post(`${user}/block`, { reason: 'trial' }));
    await eventually(async () => (await client.get(user)).body.state === 'blocked');
    await check('getEndUser', 200, client.get(user));
    await check('createGeneration', 403, client.post('/v1/generations', ask));
    await check('unblockEndUser', 200, client.post(`${user}/unblock`));
    await check('deleteEndUserGenerations', 200, client.call('DELETE', `${user}/generations`));
  });

  it('is right about limits, budgets and usage', async () => {
    const { client, id, keyId } = tenant;
    const tier = `/admin/v1/tenants/${id}/tier`;
    await check('listTiers', 200, admin.get('/admin/v1/tiers'));
    await check('assignTier', 400, admin.call('PUT', tier, { tier: 'unheard of' }));
    await check('assignTier', 200, admin.call('PUT', tier, { tier: 'volume' }));
    await check('getTenantTier', 200, admin.get(tier));
    await check('getTenantTier', 404, admin.get('/admin/v1/tenants/nobody/tier'));
    const share = `/admin/v1/tenants/${id}/share`;
    await check('assignTenantShare', 400, admin.call('PUT', share, { weight: 0 }));
    await check('assignTenantShare', 200, admin.call('PUT', share, { weight: 4, cap: 8 }));
    await check('getTenantShare', 200, admin.get(share));
    await check('getTenantShare', 404, admin.get('/admin/v1/tenants/nobody/share'));
    const limits = { perDay: 1_000_000, total: 1 };
    const ofUser = '/v1/end-users/budget@example.com/budget';
    await check('getEndUserBudget', 404, client.get(ofUser));
    await check('setEndUserBudget', 400, client.call('PUT', ofUser, { perDay: -1 }));
    await check('setEndUserBudget', 200, client.call('PUT', ofUser, limits));
    const dear = client.post('/v1/generations', { ...ask, endUserEmail: 'budget@example.com' });
    await check('createGeneration', 402, dear);
    await check('getEndUserBudget', 200, client.get(ofUser));
    await check('clearEndUserBudget', 204, client.call('DELETE', ofUser));
    const ofKey = `/admin/v1/tenants/${id}/keys/${keyId}/budget`;
    await check('setKeyBudget', 200, admin.call('PUT', ofKey, { perMonth: 1_000_000 }));
    await check('getKeyBudget', 200, admin.get(ofKey));
    const everything = 'groupBy=day,model,apiKey,endUser,dialect';
    await check('getUsage', 200, client.get(`/v1/usage?${everything}&limit=1`));
    await check('getUsage', 400, client.get('/v1/usage?groupBy=weekday'));
    await check('clearKeyBudget', 204, admin.call('DELETE', ofKey));
    await check('getKeyBudget', 404, admin.get(ofKey));
  });

  it('is right about keys that a tenant issues for itself, none of which may do more than its issuer', async () => {
    const { client } = tenant;
    const keys = '/v1/keys';
    const scopes = ['keys:read', 'keys:write', 'balance:read'];
    const wanted = { name: 'till', scopes };
    const { body: till } = await check('issueOwnApiKey', 201, client.post(keys, wanted));
    const lesser = new ApiClient(program.url, till.key);
    const greedy = lesser.post(keys, { name: 'books', scopes: ['balance:read', 'ledger:read'] });
    const refused = await check('issueOwnApiKey', 403, greedy);
    expect(refused.body.error).toMatchObject({ scope: 'ledger:read' });
    await check('issueOwnApiKey', 400, lesser.post(keys, { name: 'x', requestsPerMinute: 501 }));
    await check('rotateOwnApiKey', 403, lesser.post(`${keys}/${tenant.keyId}/rotate`));
    const { body: spare } = await check(
      'issueOwnApiKey',
      201,
      lesser.post(keys, { name: 'spare' }),
    );
    const one = `${keys}/${spare.id}`;
    await check('setOwnKeyBudget', 200, lesser.call('PUT', `${one}/budget`, { perDay: 5 }));
    await check('getOwnKeyBudget', 200, lesser.get(`${one}/budget`));
    await check('clearOwnKeyBudget', 204, lesser.call('DELETE', `${one}/budget`));
    const rotated = await check('rotateOwnApiKey', 201, lesser.post(`${one}/rotate`));
    const successor = new ApiClient(program.url, rotated.body.key);
    await check('getBalance', 200, successor.get('/v1/balance'));
    await check('getStatement', 403, successor.get('/v1/ledger/statement?month=2026-01'));
    await check('revokeOwnApiKey', 204, lesser.post(`${keys}/${rotated.body.id}/revoke`));
    await check('getBalance', 401, successor.get('/v1/balance'));
    await eventually(async () => (await lesser.get(keys)).body.keys.length > 2);
    await check('listOwnApiKeys', 200, lesser.get(keys));
    await check('getOwnApiKey', 200, lesser.get(one));
    await check('getOwnApiKey', 404, client.get(`${keys}/nobodyskey12`));
    expect((await lesser.get(`/v1/find?id=${spare.prefix}`)).body.found).toMatchObject([
      { kind: 'key', id: spare.id, name: 'spare', path: one },
    ]);
    const { keyId: foreign } = await createTenant(program.url, program.adminKey, 0);
    await check('revokeOwnApiKey', 404, client.post(`${keys}/${foreign}/revoke`));
    await check('rotateOwnApiKey', 404, client.post(`${keys}/${foreign}/rotate`));
    await check('getOwnKeyBudget', 404, client.get(`${keys}/${foreign}/budget`));
  });

  it('is right about webhooks', async () => {
    const { client } = tenant;
    await eventually(
      async () => (await client.get('/v1/webhook-messages')).body.messages.length > 0,
    );
    const { body } = await check('listWebhookMessages', 200, client.get('/v1/webhook-messages'));
    const path = `/v1/webhook-messages/${body.messages[0].id}`;
    await check('getWebhookMessage', 200, client.get(path));
    const { client: fresh } = await createTenant(program.url, program.adminKey, 100);
    const webhookUrl = `${receiver.url}/again`;
    await fresh.post('/v1/generations', { ...ask, webhookUrl }, { prefer: 'wait=30' });
    await eventually(
      async () => (await fresh.get('/v1/webhook-messages')).body.messages.length > 0,
    );
    const [message] = (await fresh.get('/v1/webhook-messages')).body.messages;
    const again = fresh.post(`/v1/webhook-messages/${message.id}/redeliver`);
    await check('redeliverWebhookMessage', 202, again);
  });

  it('is right about what the operator does', async () => {
    const tenants = '/admin/v1/tenants';
    const keys = `${tenants}/reference/keys`;
    const wanted = { name: 'Reference', id: 'reference' };
    const first = await check('createTenant', 201, admin.post(tenants, wanted));
    const again = await check('createTenant', 201, admin.post(tenants, wanted));
    expect(again.body).toEqual(first.body);
    await check('createTenant', 409, admin.post(tenants, { ...wanted, name: 'Another' }));
    const { body } = await check('issueApiKey', 201, admin.post(keys, { name: 'shop' }));
    await check('rotateApiKey', 201, admin.post(`${keys}/${body.id}/rotate`));
    await check('revokeApiKey', 204, admin.post(`${keys}/${body.id}/revoke`, { reason: 'leaked' }));
    await eventually(async () => (await admin.get(keys)).body.keys.length > 1);
    await check('listApiKeys', 200, admin.get(keys));
    await check('listTenants', 200, admin.get(tenants));
    const grant = { tokens: 10, reason: 'welcome', expiresAt: '2099-01-01T00:00:00.000Z' };
    await check('grantTokens', 201, admin.post(`${tenants}/reference/grants`, grant));
    const rotate = admin.post(`${tenants}/reference/webhook-secret/rotate`, { overlapSeconds: 60 });
    await check('rotateWebhookSecret', 201, rotate);
    await check('listParkedStreams', 200, admin.get('/admin/v1/parked?consumer=journal'));
    const decision = { reason: 'mended in the release of today' };
    const retried = admin.post('/admin/v1/parked/prk_none/retry', decision);
    await check('retryParkedStream', 404, retried);
    const skipped = admin.post('/admin/v1/parked/prk_none/skip', decision);
    await check('skipParkedEvent', 404, skipped);
    await check('getHealth', 200, admin.get('/healthz'));
    await check('getReadiness', 200, admin.get('/readyz'));
  });

  it('is right about the control room', async () => {
    const { client, id: tenantId } = tenant;
    const room = '/admin/v1';
    const { body: made } = await client.post('/v1/generations', ask, { prefer: 'wait=30' });
    const stream = `generation-${made.requestId}`;
    await eventually(async () => (await admin.get(`${room}/overview`)).body.accepted.now > 0);
    await check('getOverview', 200, admin.get(`${room}/overview`));
    await check('listQueue', 200, admin.get(`${room}/queue?tenantId=${tenantId}&model=xSD4.5`));
    await check('listEventCategories', 200, admin.get(`${room}/event-categories`));
    const { body } = await check('readStream', 200, admin.get(`${room}/streams/${stream}?limit=1`));
    await check('readStream', 404, admin.get(`${room}/streams/generation-none`));
    const about = `category=job&tenantId=${tenantId}&since=2026-01-01T00:00:00Z&limit=2`;
    const found = await check('searchEvents', 200, admin.get(`${room}/events?${about}`));
    expect(found.body.events).toHaveLength(2);
    await check('getEvent', 200, admin.get(`${room}/events/${body.events[0].id}`));
    await check('getEvent', 200, admin.get(`${room}/events/${stream}@0`));
    await check('getEvent', 404, admin.get(`${room}/events/${stream}@99`));
    await check('traceRequest', 200, admin.get(`${room}/traces/${made.requestId}`));
    const request = admin.get(`${room}/traces/${body.events[0].correlationId}`);
    expect((await check('traceRequest', 200, request)).body.events.length).toBeGreaterThan(3);
    const things = await check('findAnything', 200, admin.get(`${room}/find?id=${tenant.keyId}`));
    expect(things.body.found).toMatchObject([{ kind: 'key', tenantId }]);
    await check('getTenant', 200, admin.get(`${room}/tenants/${tenantId}`));
    await check('getTenant', 404, admin.get(`${room}/tenants/nobody`));
    await check('getPriceBook', 200, admin.get(`${room}/price-book`));
    const audit = () => admin.get(`${room}/audit?action=ApiKeyIssued`);
    await eventually(async () => (await audit()).body.entries.length > 0);
    await check('searchAudit', 200, audit());
  });

  it('is right about projections that are built anew, and the books that are verified', async () => {
    const all = '/admin/v1/projections';
    const one = `${all}/tenancy`;
    const why = { reason: 'a trial' };
    const state = async () => (await admin.get(`${one}/rebuild`)).body;
    await check('listProjections', 200, admin.get(all));
    await check('rebuildProjection', 404, admin.post(`${all}/none/rebuild`, why));
    await check('diffProjection', 409, admin.post(`${one}/diff`));
    await check('rebuildProjection', 202, admin.post(`${one}/rebuild`, why));
    await eventually(async () => (await state()).rebuild.state === 'finished');
    const compared = await check('diffProjection', 200, admin.post(`${one}/diff`));
    expect(compared.body.result).toMatchObject({ samePosition: true });
    await check('switchProjection', 200, admin.post(`${one}/switch`, why));
    await check('rebuildProjection', 409, admin.post(`${one}/rebuild`, why));
    await check('rollBackProjection', 200, admin.post(`${one}/rollback`, why));
    await check('getProjectionRebuild', 200, admin.get(`${one}/rebuild`));
    await check('abandonProjectionRebuild', 400, admin.call('DELETE', `${one}/rebuild`, {}));
    await check('abandonProjectionRebuild', 204, admin.call('DELETE', `${one}/rebuild`, why));
    const done = { ...why, state: 'finished' };
    expect(await state()).toMatchObject({ beside: null, switch: done, drop: done });
    const books = '/admin/v1/ledger';
    const { body } = await check(
      'startVerification',
      202,
      admin.post(`${books}/verifications`, why),
    );
    const verification = () => admin.get(`${books}/verifications/${body.id}`);
    await eventually(async () => (await verification()).body.state === 'finished');
    const verified = await check('getVerification', 200, verification());
    expect(verified.body.result).toMatchObject({ findingsCount: 0 });
    await check('getVerification', 404, admin.get(`${books}/verifications/none`));
    await check('listVerifications', 200, admin.get(`${books}/verifications`));
    await check('listSeals', 200, admin.get(`${books}/seals`));
  });

  it('is right about top-ups, payments and alerts', async () => {
    const { client, id: tenantId } = tenant;
    await check('listTopUpPackages', 200, client.get('/v1/top-up-packages'));
    const wanted = { package: 'trial', provider: 'manual' };
    const { body } = await check('orderTopUp', 201, client.post('/v1/top-ups', wanted));
    const [path, desk] = [`/v1/top-ups/${body.id}`, `/admin/v1/top-ups/${body.id}`];
    await check('getTopUp', 200, client.get(path));
    await check('getReceipt', 409, client.get(`${path}/receipt`));
    const payment = { amount: '10.00', currency: 'EUR', reference: 'R1', reason: 'seen' };
    await check('recordManualPayment', 200, admin.post(`${desk}/payments`, payment));
    await eventually(async () => (await client.get(path)).body.status === 'credited');
    await check('getReceipt', 200, client.get(`${path}/receipt`));
    const review = { decision: 'refuse', reason: 'too late' };
    await check('decideReview', 409, admin.post(`${desk}/review`, review));
    await check('refundTopUp', 202, admin.post(`${desk}/refunds`, { reason: 'ordered twice' }));
    await check('getAnyTopUp', 200, admin.get(desk));
    await check('listAllTopUps', 200, admin.get('/admin/v1/top-ups'));
    await check('listTopUpsUnderReview', 200, admin.get('/admin/v1/top-ups/under-review'));
    await check('listTopUps', 200, client.get('/v1/top-ups'));
    const byHand = `/admin/v1/tenants/${tenantId}/manual-credits`;
    const credit = { ...payment, reference: 'R2', tokens: 100 };
    await check('creditByHand', 201, admin.post(byHand, credit));
    const notification = admin.post('/payments/v1/manual/notifications', {});
    await check('receivePaymentNotification', 401, notification);
    const alert = { threshold: 5, webhookUrl: `${receiver.url}/low` };
    await check('setBalanceAlert', 200, client.call('PUT', '/v1/balance/alert', alert));
    await check('getBalanceAlert', 200, client.get('/v1/balance/alert'));
    await check('clearBalanceAlert', 204, client.call('DELETE', '/v1/balance/alert'));
    const why = { reason: 'under investigation' };
    const account = `/admin/v1/tenants/${tenantId}`;
    await check('freezeAccount', 204, admin.post(`${account}/freeze`, why));
    await check('unfreezeAccount', 204, admin.post(`${account}/unfreeze`, why));
  });

  it('is right about the books', async () => {
    const { client, id: tenantId } = tenant;
    const books = '/admin/v1/ledger';
    const month = new Date().toISOString().slice(0, 7);
    const past = `asOf=2099-01-01&knownAt=2099-01-01&tenantId=${tenantId}`;
    await check('getTrialBalance', 200, admin.get(`${books}/trial-balance`));
    const balance = await check(
      'getTrialBalance',
      200,
      admin.get(`${books}/trial-balance?${past}`),
    );
    expect(balance.body).toMatchObject({
      total: '0',
      totalMoney: [{ currency: 'EUR', minorUnits: '0' }],
    });
    await check('listAccounts', 200, admin.get(`${books}/accounts?limit=5`));
    await check('listAccounts', 200, admin.get(`${books}/accounts?${past}`));
    await check('listBalances', 200, admin.get(`${books}/balances?accountClass=revenue`));
    await check('listJournalEntries', 200, admin.get(`${books}/entries?${past}&limit=500`));
    await check('listJournalEntries', 400, admin.get(`${books}/entries?limit=1001`));
    await check('listLots', 200, admin.get(`${books}/lots?tenantId=${tenantId}`));
    await check('getRevenue', 200, admin.get(`${books}/revenue?month=${month}`));
    await check('getRevenue', 400, admin.get(`${books}/revenue?month=2026-13`));
    const csv = await admin.get(`${books}/entries?${past}&limit=2`, { accept: 'text/csv' });
    expect(csv.headers.get('content-type')).toContain('text/csv');
    expect(csv.headers.get('x-next-cursor')).toMatch(/\w/);
    expect(csv.body.split('\r\n')[0]).toMatch(/^position,tenant,revision,event,/);
    await check('exportJournal', 200, admin.get(`${books}/export?format=hledger`));
    await check(
      'exportJournal',
      400,
      admin.get(`${books}/export?format=hledger&from=2026-02&to=2026-01`),
    );
    const statement = `${books}/statement?month=${month}&tenantId`;
    await check('getTenantStatement', 200, admin.get(`${statement}=${tenantId}`));
    await check('getTenantStatement', 404, admin.get(`${statement}=nobody`));
    const pdf = await admin.get(`${statement}=${tenantId}&format=pdf`);
    expect([pdf.status, pdf.body.slice(0, 5)]).toEqual([200, '%PDF-']);
    await check('listFindings', 200, admin.get(`${books}/findings?state=open`));
    await check('listOwnLots', 200, client.get('/v1/ledger/lots'));
    await check('getStatement', 200, client.get(`/v1/ledger/statement?month=${month}`));
    await check('exportOwnJournal', 200, client.get('/v1/ledger/export?format=focus'));
    await check('closeMonth', 201, admin.post(`${books}/closes`, { month: '2020-01' }));
    await check('closeMonth', 409, admin.post(`${books}/closes`, { month: '2097-01' }));
    await check('listCloses', 200, admin.get(`${books}/closes`));
  });

  it('is right about the moderation desk', async () => {
    const { client } = tenant;
    const ask = { prompt: 'A paper boat', size: '1900x1900', endUserEmail: 'ada@example.com' };
    const { body: asked } = await client.post('/v1/generations', ask);
    const generationId = asked.requestId;
    const report = { generationId, note: 'reported by mail' };
    const cases = '/admin/v1/moderation/cases';
    await client.outcome(generationId);
    const { body: opened } = await check('openModerationCase', 201, admin.post(cases, report));
    await check('openModerationCase', 409, admin.post(cases, report));
    const none = { ...report, generationId: `req_${'0'.repeat(26)}` };
    await check('openModerationCase', 404, admin.post(cases, none));
    const one = `${cases}/${opened.id}`;
    await check('getModerationCase', 200, admin.get(one));
    await check('getModerationCase', 404, admin.get(`${cases}/none`));
    const media = `${one}/media/${opened.media[0].assetId}`;
    await check('unblurMedia', 200, admin.post(`${media}/unblur`, { reason: 'to decide' }));
    await check('unblurMedia', 404, admin.post(`${one}/media/none/unblur`, { reason: 'none' }));
    const uphold = { decision: 'uphold', reason: 'permitted' };
    await check('decideModerationCase', 200, admin.post(`${one}/decision`, uphold));
    const other = { decision: 'approve', reason: 'permitted' };
    await check('decideModerationCase', 409, admin.post(`${one}/decision`, other));
    await check('reopenModerationCase', 200, admin.post(`${one}/reopen`, { reason: 'new_facts' }));
    const takedown = { generationId, reason: 'legal_request', note: 'asked for by letter' };
    const takedowns = '/admin/v1/moderation/takedowns';
    await check('takeDown', 201, admin.post(takedowns, takedown));
    expect((await client.get(`/v1/generations/${generationId}`)).status).toBe(404);
    await eventually(async () => (await admin.get(takedowns)).body.takedowns.length > 0);
    await check('listTakedowns', 200, admin.get(takedowns));
    await check('listModerationCases', 200, admin.get(`${cases}?decision=takedown`));
  });

  it('is right about members of tenants and users of the console', async () => {
    const users = '/admin/v1/users';
    const ada = { email: 'ada@example.org', roles: ['finance'], reason: 'joined the desk' };
    const { body: person } = await check('inviteOperator', 201, admin.post(users, ada));
    const one = `${users}/${person.userId}`;
    const why = { reason: 'changed desks' };
    await check('listUsers', 200, admin.get(users));
    await check('getUser', 200, admin.get(one));
    await check('getUser', 404, admin.get(`${users}/nobody`));
    const roles = { ...why, roles: ['owner'] };
    await check('assignOperatorRoles', 204, admin.call('PUT', `${one}/roles`, roles));
    await check('issueSignInLink', 201, admin.post(`${one}/links`));
    await check('endUserSessions', 204, admin.post(`${one}/sessions/end`, why));
    await check('removeSecondFactor', 204, admin.post(`${one}/second-factor/remove`, why));
    await check('disableUser', 204, admin.post(`${one}/disable`, why));
    await check('issueSignInLink', 403, admin.post(`${one}/links`));
    await check('enableUser', 204, admin.post(`${one}/enable`, why));
    const inTenant = `/admin/v1/tenants/${tenant.id}/members`;
    const guest = { email: 'guest@example.org', role: 'viewer' };
    await check('inviteTenantMember', 201, admin.post(`${inTenant}/invitations`, guest));
    await check('listTenantMembers', 200, admin.get(inTenant));
    const keys = `/admin/v1/tenants/${tenant.id}/keys`;
    const scopes = ['members:read', 'members:write'];
    const { body: issued } = await admin.post(keys, { name: 'members', scopes });
    const client = new ApiClient(program.url, issued.key);
    const { body: invited } = await check(
      'inviteMember',
      201,
      client.post('/v1/members/invitations', guest),
    );
    await check('listInvitations', 200, client.get('/v1/members/invitations'));
    const withdraw = `/v1/members/invitations/${invited.id}/withdraw`;
    await check('withdrawInvitation', 204, client.post(withdraw, {}));
    await check('listMembers', 200, client.get('/v1/members'));
    const nobody = '/v1/members/usr_nobody';
    await check('changeMemberRole', 404, client.call('PUT', nobody, { role: 'owner' }));
    await check('removeMember', 404, client.post(`${nobody}/remove`, {}));
  });

  it('is right about webhook endpoints and what they have missed', async () => {
    const { client, id: tenantId } = tenant;
    const all = '/v1/webhook-endpoints';
    const wanted = { url: `${receiver.url}/told`, scheme: 'standard-ed25519' };
    const { body } = await check('registerWebhookEndpoint', 201, client.post(all, wanted));
    const one = `${all}/${body.id}`;
    const keys = new ApiClient(program.url, undefined).get(new URL(body.publicKeysUrl).pathname);
    await check('listWebhookPublicKeys', 200, keys);
    await check('listWebhookEndpoints', 200, client.get(all));
    await check('getWebhookEndpoint', 200, client.get(one));
    await check('changeWebhookEndpoint', 200, client.call('PATCH', one, { perSecond: 5 }));
    await check('rotateWebhookEndpointSecret', 200, client.post(`${one}/secret/rotate`, {}));
    const tried = await check('testWebhookEndpoint', 202, client.post(`${one}/test`));
    const attempts = `/v1/webhook-messages/${tried.body.id}/attempts`;
    await eventually(async () => (await client.get(attempts)).status === 200);
    await check('listWebhookAttempts', 200, client.get(attempts));
    await check('listEvents', 200, client.get('/v1/events'));
    const since = { since: new Date(Date.now() - 60_000).toISOString() };
    // One recovery at a time: those that follow wait for the one before.
    const begun = async (id: string, begin: () => Promise<Answer>) => {
      let answer = await begin();
      await eventually(async () => {
        if (answer.status === 409) answer = await begin();
        return answer.status !== 409;
      });
      return check(id, 202, Promise.resolve(answer));
    };
    const { body: recovery } = await begun('recoverWebhookEndpoint', () =>
      client.post(`${one}/recover`, since),
    );
    await begun('recoverWebhookMessages', () => client.post('/v1/webhook-messages/recover', since));
    await check('listWebhookRecoveries', 200, client.get('/v1/webhook-recoveries'));
    const got = client.get(`/v1/webhook-recoveries/${recovery.id}`);
    await check('getWebhookRecovery', 200, got);
    const operators = `/admin/v1/tenants/${tenantId}/webhook-recoveries`;
    const outage = { ...since, reason: 'an outage' };
    await begun('recoverWebhooksOfTenant', () => admin.post(operators, outage));
    await check('listRecoveriesOfTenant', 200, admin.get(operators));
    await check('disableWebhookEndpoint', 200, client.post(`${one}/disable`));
    await check('enableWebhookEndpoint', 200, client.post(`${one}/enable`));
    await check('removeWebhookEndpoint', 204, client.call('DELETE', one));
  });

  it('is right about workers and the work that failed', async () => {
    const { body } = await tenant.client.post('/v1/generations', failing);
    await tenant.client.outcome(body.requestId);
    const letters = '/admin/v1/dead-letters';
    const isThere = async () => (await admin.get(`${letters}/${body.requestId}`)).status === 200;
    await eventually(isThere);
    await check('getDeadLetter', 200, admin.get(`${letters}/${body.requestId}`));
    await check('listDeadLetters', 200, admin.get(letters));
    const why = { reason: 'as a trial' };
    const redrive = admin.post(`${letters}/redrive`, { ...why, ids: [body.requestId] });
    const { body: redriven } = await check('redriveDeadLetters', 200, redrive);
    expect(JSON.stringify(redriven)).toContain(body.requestId);
    const job = `/admin/v1/jobs/${body.requestId}/why`;
    await check('whyIsItWaiting', 200, admin.get(job));
    const trail = `/admin/v1/generations/${body.requestId}/timeline`;
    await check('getRecordedTimeline', 200, admin.get(trail));
    await check('getRecordedTimeline', 404, admin.get('/admin/v1/generations/req_none/timeline'));
    await check('listModelBreakers', 200, admin.get('/admin/v1/model-breakers'));
    const close = admin.post('/admin/v1/model-breakers/xSD4.5/close', why);
    await check('closeModelBreaker', 404, close);
    await check('readScaling', 200, admin.get('/admin/v1/scaling'));
    const { body: fleet } = await check('listWorkers', 200, admin.get('/admin/v1/workers'));
    const worker = `/admin/v1/workers/${fleet.workers[0].id}`;
    await check('cordonWorker', 200, admin.post(`${worker}/cordon`, why));
    await check('drainWorker', 200, admin.post(`${worker}/drain`, why));
    await check('uncordonWorker', 200, admin.post(`${worker}/uncordon`, why));
  });

  it('was held against answers as a whole', () => {
    expect([...checked, ...ELSEWHERE].sort()).toEqual([...operationIds].sort());
  });
});
