import { Gauge } from 'prom-client';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type HealthServer, startHealthServer } from './health-server.js';

describe('the health server', () => {
  let server: HealthServer;
  let ready = true;

  beforeEach(async () => {
    server = await startHealthServer({
      port: 0,
      host: '127.0.0.1',
      readiness: () => ({ ready, checks: {} }),
      measure: (registry) =>
        void new Gauge({ name: 'jobs', help: 'Jobs', registers: [registry] }).set(3),
    });
  });
  afterEach(() => server.close());

  const get = (path: string, method = 'GET') => fetch(server.url + path, { method });

  it('says that the process runs, and whether it can work', async () => {
    expect(await (await get('/healthz')).json()).toEqual({ status: 'ok' });
    ready = true;
    expect((await get('/readyz')).status).toBe(200);
    ready = false;
    expect((await get('/readyz')).status).toBe(503);
  });

  it('tells metrics, and nothing else', async () => {
    const text = await (await get('/metrics')).text();
    expect(text).toMatch(/^jobs 3$/m);
    expect(text).toMatch(/^process_resident_memory_bytes /m);
    expect((await get('/')).status).toBe(404);
    expect((await get('/metrics', 'POST')).status).toBe(405);
  });
});
