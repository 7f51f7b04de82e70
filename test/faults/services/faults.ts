import { setTimeout as delay } from 'node:timers/promises';
import { oneOf, type RandomSource } from '../../support/random-source.js';
import type { ServiceName } from '../../support/service-process.js';
import { SERVICES, type Trial } from './trial.js';

/** Something that goes wrong, and is over when the promise resolves. */
export interface Fault {
  readonly name: string;
  /** How often it is drawn beside the others. */
  readonly weight: number;
  happen(trial: Trial, random: RandomSource): Promise<void>;
}

const SHORT_MS = 1_500;
const STORE_CUT_MS = 20_000;
/** Longer than Kafka waits for a member of a group: its partitions go to another one. */
const STALL_MS = 33_000;

async function killAndStart(trial: Trial, random: RandomSource, name: ServiceName): Promise<void> {
  await trial.service(name).stop('SIGKILL');
  await delay(random() * SHORT_MS);
  await trial.startService(name);
}

const killService: Fault = {
  name: 'a service is killed and started again',
  weight: 24,
  happen: (trial, random) => killAndStart(trial, random, oneOf(random, SERVICES)),
};

/** Those that hold leases, of work or of deliveries. */
const kills = (['worker', 'orchestrator', 'webhooks'] as const).map(
  (name): Fault => ({
    name: `${name} is killed and started again`,
    weight: 1,
    happen: (trial, random) => killAndStart(trial, random, name),
  }),
);

const freezeService: Fault = {
  name: 'a service stands still for a moment',
  weight: 8,
  happen: async (trial, random) => {
    const service = trial.service(oneOf(random, SERVICES));
    service.freeze();
    await delay(random() * 2 * SHORT_MS);
    service.thaw();
  },
};

const stopBroker: Fault = {
  name: 'the broker is stopped and started again',
  weight: 3,
  happen: async ({ broker }) => broker.restart(),
};

const killBroker: Fault = {
  name: 'the broker is killed and started again',
  weight: 2,
  happen: async ({ broker }, random) => {
    await broker.kill();
    await delay(random() * SHORT_MS);
    await broker.restart();
  },
};

const killStore: Fault = {
  name: 'the event store is killed and started again',
  weight: 5,
  happen: async ({ store }, random) => {
    await store.kill();
    await delay(random() * SHORT_MS);
    await store.restart();
  },
};

const lateAnswers: Fault = {
  name: 'the event store writes, and answers late or never',
  weight: 5,
  happen: async ({ store }, random) => {
    await store.setFaults(random() < 0.5 ? { holdAnswers: true } : { delayAnswersMs: 1_000 });
    await delay(random() * 2 * SHORT_MS);
    await store.dropConnections();
    await store.restore();
  },
};

const repeatMessages: Fault = {
  name: 'every message of Kafka so far comes again',
  weight: 4,
  happen: async (trial) => {
    const { code, err } = await trial.cli('relay', 'rewind', '--to', '0');
    if (code !== 0) throw new Error(`relay rewind: ${err}`);
  },
};

const cutStore: Fault = {
  name: `the event store is out of reach for ${STORE_CUT_MS / 1_000} s`,
  weight: 0,
  happen: async ({ store }) => {
    await store.setFaults({ refuseConnections: true, ignoreAppends: true, silentReads: true });
    await store.dropConnections();
    await delay(STORE_CUT_MS);
    await store.restore();
    await store.dropConnections();
  },
};

const stallConsumer: Fault = {
  name: `the ledger stands still for ${STALL_MS / 1_000} s, past its session with Kafka`,
  weight: 0,
  happen: async (trial) => {
    const ledger = trial.service('ledger');
    ledger.freeze();
    await delay(STALL_MS);
    ledger.thaw();
  },
};

/** Each happens at least once, those that take long exactly once; the rest is drawn by weight. */
const drawn = [
  killService,
  freezeService,
  stopBroker,
  killBroker,
  killStore,
  lateAnswers,
  repeatMessages,
];

function draw(random: RandomSource): Fault {
  const total = drawn.reduce((sum, { weight }) => sum + weight, 0);
  let at = random() * total;
  for (const fault of drawn) {
    at -= fault.weight;
    if (at < 0) return fault;
  }
  return killService;
}

/** Nothing but kills of those that hold leases, each as often as the others. */
export function killPlan(random: RandomSource, count: number): readonly Fault[] {
  return Array.from({ length: count }, () => oneOf(random, kills));
}

export function faultPlan(random: RandomSource, count: number): readonly Fault[] {
  const plan = [...drawn, cutStore, stallConsumer];
  while (plan.length < count) plan.push(draw(random));
  for (let at = plan.length - 1; at > 0; at -= 1) {
    const other = Math.floor(random() * (at + 1));
    [plan[at], plan[other]] = [plan[other] as Fault, plan[at] as Fault];
  }
  return plan;
}
