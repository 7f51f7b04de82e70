import { setTimeout as delay } from 'node:timers/promises';
import { type KafkaBroker, startKafkaBroker } from '@imprest/testkit/kafka';
import {
  afterAll,
  afterEach,
  beforeAll,
  beforeEach,
  describe,
  expect,
  inject,
  test,
  vi,
} from 'vitest';
import { RelayTrial } from '../support/relay-trial.js';

const TAKE_OVER_MS = 5_000;

/** The relays are processes of the built packages: `npm run build` comes first, as in `npm test`. */
describe('the way of events to Kafka', () => {
  let trial: RelayTrial;
  beforeEach(async () => {
    trial = await RelayTrial.open(inject('kafkaBrokers'));
  });
  afterEach(() => trial.close());

  test('survives relays that are killed at any moment: repeats, no losses, no gaps', async () => {
    for (let round = 0; round < 4; round += 1) {
      const relay = trial.startRelay();
      await relay.elected();
      const appending = trial.append(400);
      await delay(20 + round * 60);
      relay.child.kill('SIGKILL');
      await appending;
    }
    await trial.startRelay().elected();
    await trial.append(100);
    await trial.arrives();
    expect(trial.gaps).toBe(0);
    expect(trial.inbox.size).toBe(20);
  });

  test.each([
    ['is killed', (pid: number) => process.kill(pid, 'SIGKILL')],
    ['is frozen', (pid: number) => process.kill(pid, 'SIGSTOP')],
  ])('goes on within five seconds when the leader %s', async (_, strike) => {
    const leader = trial.startRelay();
    await leader.elected();
    const standby = trial.startRelay();
    await trial.append(100);
    await trial.arrives();
    strike(leader.child.pid as number);
    const struckAtMs = performance.now();
    await trial.append(100);
    await standby.elected();
    expect(performance.now() - struckAtMs).toBeLessThan(TAKE_OVER_MS);
    await trial.arrives();
    const before = await trial.position.load();
    leader.child.kill('SIGCONT');
    await trial.append(100);
    await trial.arrives();
    expect(await trial.position.load()).toBeGreaterThanOrEqual(before);
    expect(trial.gaps).toBe(0);
  });

  test('goes on when the session of the leader is killed again and again', async () => {
    const [one, other] = [trial.startRelay(), trial.startRelay()];
    await Promise.race([one.elected(), other.elected()]);
    for (let round = 0; round < 3; round += 1) {
      await trial.append(100);
      await trial.killLeaderSession();
      await trial.append(100);
      await trial.arrives();
    }
    expect(trial.gaps).toBe(0);
  });

  test('brings everything again when it is rewound, and consumers drop what they have', async () => {
    await trial.startRelay().elected();
    await trial.append(200);
    await trial.arrives();
    await trial.position.rewind(0n);
    await vi.waitUntil(() => trial.duplicates === 200, { timeout: 10_000 });
    expect(trial.gaps).toBe(0);
  });
});

describe('a broker of its own', () => {
  let broker: KafkaBroker;
  let trial: RelayTrial;
  beforeAll(async () => {
    broker = await startKafkaBroker();
  });
  beforeEach(async () => {
    trial = await RelayTrial.open(broker.brokers);
  });
  afterEach(() => trial.close());
  afterAll(() => broker.stop());

  test('may be killed and started again: nothing is lost', async () => {
    await trial.startRelay().elected();
    await trial.append(200);
    await trial.arrives();
    const appending = trial.append(400);
    await broker.kill();
    await appending;
    await broker.restart();
    await trial.append(100);
    await trial.arrives();
    expect(trial.gaps).toBe(0);
  });

  test('may freeze for longer than a producer waits: nothing is lost', async () => {
    await trial.startRelay().elected();
    await trial.append(100);
    await trial.arrives();
    process.kill(broker.pid, 'SIGSTOP');
    await trial.append(100);
    await delay(12_000);
    process.kill(broker.pid, 'SIGCONT');
    await trial.append(100);
    await trial.arrives();
  });
});
