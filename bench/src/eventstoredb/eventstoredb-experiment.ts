import { EventStoreDbServerProcess } from '@imprest/testkit/eventstoredb';
import { Child } from '../harness/child.js';
import type { LoopPlan, LoopResult } from '../harness/closed-loop.js';
import type { Bench, Experiment, Figures, OpenExperiment, Variant } from '../harness/experiment.js';
import { withDatabase } from '../postgres.js';
import { AdminClient } from '../product/admin-client.js';
import { newInstallation, startProduct } from '../product/product-process.js';
import type { EventStoreDbAnswer } from './eventstoredb-program.js';

const IN_FLIGHT = 64;
const TENANTS = 200;
const EVENTS_OF_A_REQUEST = 2;
const RATE = 'requests/s';
const CPU = 'CPU us a request';

interface Measured {
  run(plan: LoopPlan): Promise<LoopResult>;
  cpuMs(): number;
  stop(): Promise<void>;
}

/** Compiles itself first; then as many events have to be there as were asked for. */
async function figuresOf(
  bench: Bench,
  server: EventStoreDbServerProcess,
  measured: Measured,
): Promise<Figures> {
  const { warmUpMs, measureMs } = bench.options;
  try {
    await measured.run({ inFlight: IN_FLIGHT, warmUpMs, measureMs: warmUpMs });
    const before = { cpuMs: measured.cpuMs(), events: (await server.state()).events };
    const { rate, done } = await measured.run({ inFlight: IN_FLIGHT, warmUpMs: 0, measureMs });
    const cpuMs = measured.cpuMs() - before.cpuMs;
    const events = (await server.state()).events - before.events;
    if (events < EVENTS_OF_A_REQUEST * done) {
      throw new Error(`${done} requests left ${events} events`);
    }
    return { [RATE]: rate, [CPU]: (cpuMs * 1_000) / done };
  } finally {
    await measured.stop();
  }
}

async function appends(bench: Bench, eventStore: string, variant: string): Promise<Measured> {
  const { child } = await Child.start<LoopPlan, EventStoreDbAnswer>(
    'eventstoredb/eventstoredb-program',
    {
      place: 'program',
      pinning: bench.pinning,
      env: { EVENT_STORE: eventStore, VARIANT: variant },
    },
  );
  return {
    run: async (plan) => (await child.ask(plan)) as LoopResult,
    cpuMs: () => child.cpuMs(),
    stop: () => child.stop(),
  };
}

async function accepting(
  bench: Bench,
  eventStore: string,
  connectionString: string,
): Promise<Measured> {
  const installation = { ...(await newInstallation(bench, connectionString)), eventStore };
  const product = await startProduct(bench, installation, ['api'], 'program');
  await new AdminClient(product.port, installation.adminKey).createTenants(TENANTS);
  return {
    run: (plan) => product.submit({ ...plan, tenants: TENANTS }),
    cpuMs: product.cpuMs,
    stop: product.stop,
  };
}

async function measure(
  bench: Bench,
  start: (eventStore: string) => Promise<Measured>,
): Promise<Figures> {
  const server = await EventStoreDbServerProcess.start();
  try {
    return await figuresOf(bench, server, await start(server.connectionString));
  } finally {
    await server.stop();
  }
}

/** What accepting costs over EventStoreDB's protocol; the server is the stand-in, which keeps events in memory. */
export const eventStoreDbExperiment: Experiment = {
  name: 'eventstoredb',
  title: `two facts a request over EventStoreDB's protocol, ${IN_FLIGHT} in flight`,
  async open(bench: Bench): Promise<OpenExperiment> {
    const database = await bench.servers.main();
    const variant = (name: string, kind: string): Variant => ({
      name,
      measure: () => measure(bench, (eventStore) => appends(bench, eventStore, kind)),
    });
    const rateOf = (name: string) => ({ variant: name, figure: RATE });
    return {
      variants: [
        variant('bare db-client', 'bare'),
        variant('store', 'store'),
        {
          name: 'accept',
          measure: () =>
            withDatabase(database, (connectionString) =>
              measure(bench, (eventStore) => accepting(bench, eventStore, connectionString)),
            ),
        },
      ],
      comparisons: [
        {
          what: 'append of the store / db-client awaiting the same two appends',
          of: rateOf('store'),
          to: rateOf('bare db-client'),
        },
        {
          what: 'accepting without HTTP / db-client awaiting the same two appends',
          of: rateOf('accept'),
          to: rateOf('bare db-client'),
          target: { atLeast: 0.6 },
        },
      ],
    };
  },
};
