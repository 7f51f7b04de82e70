import type { Reactor } from '@imprest/application';
import { ConsumerScenario } from '@imprest/testkit';
import { pino } from 'pino';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { RequestPressure } from '../http/request-pressure.js';
import { noTracing } from '../tracing/index.js';
import { ConsumerHost } from './consumer-host.js';

const staff = {
  correlationId: 'req_1',
  causationId: 'req_1',
  actor: { kind: 'operator', id: 'ada' },
} as const;

let scenario: ConsumerScenario;
let host: ConsumerHost;
let lines: Record<string, unknown>[];
let poison: Set<string>;
let seen: string[];

const reactor = (name: string): Reactor => ({
  kind: 'reactor',
  name,
  categories: ['thing'],
  react: async ({ eventId }) => {
    if (poison.has(eventId)) throw new TypeError(`no such field in ${eventId}`);
    seen.push(`${name} ${eventId}`);
  },
});
const until = (holds: () => boolean) => vi.waitUntil(holds, { timeout: 15_000, interval: 20 });

beforeEach(() => {
  scenario = new ConsumerScenario();
  [lines, poison, seen] = [[], new Set(), []];
  const logger = pino({ level: 'info' }, { write: (line) => void lines.push(JSON.parse(line)) });
  const { direct, store, checkpoints, parkedStreams, parking, clock } = scenario;
  const engines = [direct, store, checkpoints, parkedStreams, parking, clock] as const;
  host = new ConsumerHost(new RequestPressure(), ...engines, logger, noTracing);
});
afterEach(() => host.stop());

describe('the host of consumers', () => {
  test('runs what was added, and tells where each stands', async () => {
    host.add(reactor('one'), reactor('two'));
    host.start();
    await scenario.happen('a1', 'b1');
    await until(() => seen.length === 4);
    await until(() => host.statuses.every(({ caughtUp }) => caughtUp));
    expect(host.statuses).toMatchObject([
      { consumer: 'one', position: 2n, failing: undefined },
      { consumer: 'two', position: 2n, failing: undefined },
    ]);
    expect(host.parkedStreamCounts).toEqual(new Map());
  });

  test('refuses two of one name, and any after the start', async () => {
    host.add(reactor('one'));
    expect(() => host.add(reactor('one'))).toThrow('two consumers are called one');
    host.start();
    expect(() => host.add(reactor('two'))).toThrow('before the host starts');
  });

  test('tells of parked streams, and does what an operator asks for within seconds', async () => {
    poison.add('b1');
    await scenario.happen('a1', 'b1', 'b2');
    host.add(reactor('one'));
    host.start();
    await until(() => host.parkedStreamCounts.get('one') === 1);
    expect(host.statuses).toMatchObject([{ failing: undefined, position: 4n }]);
    const told = lines.filter(({ msg }) => String(msg).includes('waits for an operator'));
    expect(told).toMatchObject([{ consumer: 'one', stream: 'thing-b', revision: 0, attempts: 5 }]);
    poison.clear();
    const [parked] = await scenario.parkedStreams.of('one');
    await scenario.parking.retry(parked!.id, 'mended', staff);
    await until(() => seen.includes('one b2'));
    expect(seen.filter((each) => each !== 'one a1')).toEqual(['one b1', 'one b2']);
    await until(() => host.parkedStreamCounts.size === 0);
  }, 20_000);

  test('does not count what other processes have parked', async () => {
    await scenario.happen('b1');
    const [event] = scenario.recorded('b1');
    const error = new TypeError('no such field');
    await scenario.parking.park(reactor('elsewhere'), { event: event!, error, attempts: 5 });
    host.add(reactor('one'));
    host.start();
    await until(() => seen.length === 1);
    expect(host.parkedStreamCounts).toEqual(new Map());
  });
});
