import { streamCategory } from '@imprest/event-catalogue';
import {
  byTest,
  decidingProcess,
  grantTokens,
  holdTokens,
  InMemoryDataKeys,
  openAccount,
} from '@imprest/testkit';
import { describe, expect, test } from 'vitest';
import { balanceAlertStream, tokenAccountStream } from '../deciding/stream-types.js';
import { BalanceAlerts } from './balance-alerts.js';
import { BalanceWatch } from './balance-watch.js';

const url = 'https://studio.example.com/hooks/low';

function scenario() {
  const process = decidingProcess();
  const { runner, store, clock, log } = process;
  const alerts = new BalanceAlerts(runner, store, new InMemoryDataKeys(), clock);
  const looks: string[] = [];
  const watched = {
    look: (tenantId: string, context: Parameters<BalanceAlerts['look']>[1]) => {
      looks.push(tenantId);
      return alerts.look(tenantId, context);
    },
  };
  let seen = 0;
  /** A batch of everything since the last one. */
  const batch = async (watch: BalanceWatch, from = seen) => {
    const events = log.events.slice(from);
    seen = log.events.length;
    for (const event of events) {
      if (watch.categories.includes(streamCategory(event.stream))) await watch.react(event);
    }
    await watch.flush();
  };
  const told = () => log.events.filter(({ type }) => type === 'BalanceFellLow').length;
  return {
    runner,
    store,
    alerts,
    looks,
    batch,
    told,
    watch: () => new BalanceWatch(watched, store),
  };
}

describe('the watch over balances', () => {
  test('looks once a batch at tenants that moved, and only at those that want to hear', async () => {
    const { runner, alerts, looks, batch, watch } = scenario();
    for (const tenantId of ['ten_1', 'ten_2']) await openAccount(runner, 100n, tenantId);
    await alerts.set('ten_1', { threshold: 50n, url }, byTest);
    const watching = watch();
    await batch(watching);
    expect(looks).toEqual(['ten_1']);
    for (let n = 0; n < 3; n += 1) {
      await runner.run(tokenAccountStream, 'ten_1', holdTokens(`gen_${n}`, 5n), byTest);
      await runner.run(tokenAccountStream, 'ten_2', holdTokens(`gen_${n}`, 5n), byTest);
    }
    await batch(watching);
    expect(looks).toEqual(['ten_1', 'ten_1']);
  });

  test('hears of alerts that are set and cleared while it runs', async () => {
    const { runner, alerts, looks, batch, watch } = scenario();
    await openAccount(runner, 100n, 'ten_1');
    const watching = watch();
    await batch(watching);
    await alerts.set('ten_1', { threshold: 50n, url }, byTest);
    await runner.run(tokenAccountStream, 'ten_1', holdTokens('gen_1', 5n), byTest);
    await batch(watching);
    await alerts.clear('ten_1', byTest);
    await runner.run(tokenAccountStream, 'ten_1', holdTokens('gen_2', 5n), byTest);
    await batch(watching);
    expect(looks).toEqual(['ten_1']);
  });

  test('tells a crossing once, also when two of them go through everything again', async () => {
    const { runner, alerts, batch, told, watch } = scenario();
    await openAccount(runner, 100n, 'ten_1');
    await alerts.set('ten_1', { threshold: 50n, url }, byTest);
    await runner.run(tokenAccountStream, 'ten_1', holdTokens('gen_1', 60n), byTest);
    await Promise.all([batch(watch(), 0), batch(watch(), 0)]);
    await batch(watch(), 0);
    expect(told()).toBe(1);
    await runner.run(tokenAccountStream, 'ten_1', grantTokens('lot_2', 60n), byTest);
    await batch(watch(), 0);
    await runner.run(tokenAccountStream, 'ten_1', holdTokens('gen_2', 60n), byTest);
    await batch(watch(), 0);
    expect(told()).toBe(2);
  });

  test('looks again when a look failed', async () => {
    const { runner, store, alerts, batch } = scenario();
    await openAccount(runner, 100n, 'ten_1');
    await alerts.set('ten_1', { threshold: 500n, url }, byTest);
    let looks = 0;
    const failing = new BalanceWatch(
      { look: async () => (++looks === 1 ? Promise.reject(new Error('away')) : undefined) },
      store,
    );
    await expect(batch(failing)).rejects.toThrow('away');
    await failing.flush();
    expect(looks).toBe(2);
  });
});

describe('an alert', () => {
  test('keeps its URL sealed, and is as it was set', async () => {
    const { runner, alerts } = scenario();
    await openAccount(runner, 100n, 'ten_1');
    await alerts.set('ten_1', { threshold: 50n, url }, byTest);
    expect(await alerts.get('ten_1')).toMatchObject({ threshold: 50n, url });
    const target = await runner.read(balanceAlertStream, 'ten_1', (state) => state.target);
    expect(target?.sealed).not.toContain('studio');
  });

  test('set twice alike is set once; set anew forgets the URL before', async () => {
    const { runner, alerts, told } = scenario();
    await openAccount(runner, 10n, 'ten_1');
    for (let times = 0; times < 2; times += 1) {
      await alerts.set('ten_1', { threshold: 50n, url }, byTest);
    }
    expect(told()).toBe(1);
    await alerts.set('ten_1', { threshold: 50n, url: `${url}/2` }, byTest);
    expect(told()).toBe(2);
    expect(await alerts.get('ten_1')).toMatchObject({ threshold: 50n, url: `${url}/2` });
    await alerts.clear('ten_1', byTest);
    expect(await alerts.get('ten_1')).toBeUndefined();
  });
});
