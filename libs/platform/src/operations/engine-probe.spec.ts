import { describe, expect, it } from 'vitest';
import type { ConsumerHost } from '../consumers/consumer-host.js';
import type { EngineCheck } from '../infrastructure/engine-checks.js';
import { EngineProbe } from './engine-probe.js';
import { type Service, services } from './services.js';

const works = async () => 'answers';
const broken = async () => {
  throw new Error('connection refused');
};

const hosting = (statuses: readonly object[]) =>
  ({ statuses, parkedStreamCounts: new Map() }) as unknown as ConsumerHost;

function probe(
  service: Service,
  down: readonly EngineCheck['part'][] = [],
  consumers: Partial<ConsumerHost['statuses'][number]>[] = [],
): EngineProbe {
  const parts = ['database', 'eventStore', 'messageBus', 'assetStore'] as const;
  const checks = parts.map((part) => ({ part, look: down.includes(part) ? broken : works }));
  const statuses = consumers.map((status) => ({ lagSeconds: 0, failing: undefined, ...status }));
  return new EngineProbe(hosting(statuses), service, checks);
}

describe('readiness', () => {
  it.each([
    ['api', 'database', false],
    ['api', 'eventStore', false],
    ['api', 'messageBus', true],
    ['api', 'assetStore', true],
    ['ledger', 'messageBus', false],
    ['orchestrator', 'messageBus', true],
    ['orchestrator', 'assetStore', false],
    ['webhooks', 'messageBus', false],
    ['imprest', 'eventStore', false],
  ] as const)('of %s without its %s is %s, and names it', async (name, part, ready) => {
    const readiness = await probe(services[name], [part]).readiness();

    expect(readiness.ready).toBe(ready);
    expect(readiness.checks[part]).toEqual({
      ok: false,
      detail: 'connection refused',
      needed: !ready,
    });
  });

  it('names an engine that stays silent', async () => {
    const silent = { part: 'eventStore', look: () => new Promise<string>(() => {}) } as const;
    const { api } = services;
    const watched = new EngineProbe(hosting([]), api, [silent]);

    expect(await watched.readiness()).toMatchObject({
      ready: false,
      checks: { eventStore: { ok: false, detail: 'no answer within 2000 ms' } },
    });
  });

  it.each([
    ['ledger', false],
    ['api', true],
  ] as const)('of %s with a consumer that fails or is far behind is %s', async (name, ready) => {
    const failing = probe(services[name], [], [{ consumer: 'journal', failing: 'a gap' }]);
    const behind = probe(services[name], [], [{ consumer: 'journal', lagSeconds: 301 }]);

    expect((await failing.readiness()).ready).toBe(ready);
    expect((await behind.readiness()).ready).toBe(ready);
    expect((await failing.readiness()).checks['consumer journal']?.ok).toBe(false);
  });

  it('ends when the process is asked to stop', async () => {
    const stopping = probe(services.api);
    expect((await stopping.readiness()).ready).toBe(true);
    stopping.drain();

    expect(await stopping.readiness()).toMatchObject({
      ready: false,
      checks: { process: { ok: false, detail: 'shutting down' } },
    });
  });
});
