import { join } from 'node:path';
import type {
  Bench,
  Comparison,
  Experiment,
  FigureRef,
  OpenExperiment,
  Variant,
} from '../harness/experiment.js';
import { putLoad } from '../load/load.js';
import { type Server, withDatabase } from '../postgres.js';
import { productProgram } from '../product/accept-program.js';
import type { Part } from '../product/product-process.js';
import type { StartProgram } from './measured-program.js';
import { startFloor, startNaive } from './plain-programs.js';

const EVERYTHING: readonly Part[] = ['api', 'ledger', 'orchestrator', 'webhooks'];
const TENANTS = 1_000;

/** Enough requests for the compiler to have settled, or as many as there is time for. */
const COMPILE = { connections: 64, requests: 6_000, warmUpMs: 0, measureMs: 5_000 };

const product = productProgram({ parts: ['api'], tenants: TENANTS });
const hotProduct = productProgram({ parts: ['api'], tenants: 1 });
const busyProduct = productProgram({ parts: EVERYTHING, tenants: TENANTS, workerSlots: 4 });

const rateAt = (connections: number) => `req/s at ${connections}`;
const p99At = (connections: number) => `p99 ms at ${connections}`;
const rate = (variant: string, connections: number): FigureRef => ({
  variant,
  figure: rateAt(connections),
});
const p99 = (variant: string, connections: number): FigureRef => ({
  variant,
  figure: p99At(connections),
});

interface Setup {
  readonly start: StartProgram;
  readonly connections: readonly number[];
  readonly server: Server;
  readonly template?: string;
}

function variant(bench: Bench, name: string, setup: Setup): Variant {
  const { start, connections, server, template } = setup;
  const { profile } = bench.options;
  const measure = async (connectionString: string) => {
    const program = await start(bench, connectionString);
    const figures: Record<string, number> = {};
    let answers = 0;
    try {
      answers += (await putLoad(bench, program, COMPILE)).answers;
      for (const count of connections) {
        const cpuBefore = program.cpuMs();
        if (profile !== undefined) await program.profile?.('start');
        const result = await putLoad(bench, program, { connections: count });
        const cpuMs = program.cpuMs() - cpuBefore;
        if (profile !== undefined)
          await program.profile?.(join(profile, `${name}-${count}.cpuprofile`));
        answers += result.answers;
        figures[rateAt(count)] = result.rate;
        figures[`p50 ms at ${count}`] = result.p50;
        figures[p99At(count)] = result.p99;
        figures[`CPU us a request at ${count}`] = (cpuMs * 1000) / result.answers;
      }
    } finally {
      await program.stop();
    }
    await program.verify(answers);
    return figures;
  };
  return { name, measure: () => withDatabase(server, measure, template) };
}

/** POST /v1/generations: the whole product against the floor and against what is usually written. */
export const acceptExperiment: Experiment = {
  name: 'accept',
  title: 'POST /v1/generations, everything on, 1,000 accounts unless said otherwise',
  async open(bench: Bench): Promise<OpenExperiment> {
    const server = await bench.servers.main();
    const levels = { connections: [64, 16, 256], server };
    const at64 = { connections: [64], server };
    const floorTargets: Comparison[] = [
      [64, 0.6] as const,
      [16, 0.55] as const,
      [256, 0.45] as const,
    ].map(([connections, atLeast]) => ({
      what: `rate of the floor, ${connections} connections`,
      of: rate('product', connections),
      to: rate('floor', connections),
      target: { atLeast },
    }));
    return {
      variants: [
        variant(bench, 'floor', { start: startFloor, ...levels }),
        variant(bench, 'product', { start: product, ...levels }),
        variant(bench, 'naive', { start: startNaive, ...at64 }),
        variant(bench, 'product, hot account', { start: hotProduct, ...at64 }),
        variant(bench, 'product, all services', { start: busyProduct, ...at64 }),
      ],
      comparisons: [
        ...floorTargets,
        {
          what: 'p99 of the floor, 64 connections',
          of: p99('product', 64),
          to: p99('floor', 64),
        },
        {
          what: 'rate of the naive program, 64 connections',
          of: rate('product', 64),
          to: rate('naive', 64),
          target: { atLeast: 4 },
        },
        {
          what: 'p99 of the naive program, 64 connections',
          of: p99('product', 64),
          to: p99('naive', 64),
          target: { atMost: 0.35 },
        },
        {
          what: 'one account / 1,000 accounts',
          of: rate('product, hot account', 64),
          to: rate('product', 64),
          target: { atLeast: 0.9 },
        },
        {
          what: 'projections, queue, worker and webhooks beside it / accept alone',
          of: rate('product, all services', 64),
          to: rate('product', 64),
          target: { atLeast: 0.7 },
        },
      ],
    };
  },
};

/** The same where plans, indexes and memory have to cope with a past. */
export const acceptLargeExperiment: Experiment = {
  name: 'accept-large',
  title: 'POST /v1/generations on a store of 1,000,000 events',
  async open(bench: Bench): Promise<OpenExperiment> {
    const setup = { connections: [64], server: await bench.servers.main() };
    const template = await bench.servers.largeStore();
    return {
      variants: [
        variant(bench, 'floor', { start: startFloor, ...setup }),
        variant(bench, 'product, 1M events', { start: product, ...setup, template }),
      ],
      comparisons: [
        {
          what: 'rate of the floor, 64 connections, 1M events',
          of: rate('product, 1M events', 64),
          to: rate('floor', 64),
          target: { atLeast: 0.6 },
        },
      ],
    };
  },
};

/** The same where each commit costs a millisecond more. */
export const acceptSlowDiskExperiment: Experiment = {
  name: 'accept-slow-disk',
  title: 'POST /v1/generations with a slow fdatasync',
  unavailable: (bench) => bench.servers.slowDiskUnavailable(),
  async open(bench: Bench): Promise<OpenExperiment> {
    const setup = { connections: [64], server: await bench.servers.slowDisk() };
    return {
      variants: [
        variant(bench, 'floor', { start: startFloor, ...setup }),
        variant(bench, 'product', { start: product, ...setup }),
        variant(bench, 'naive', { start: startNaive, ...setup }),
      ],
      comparisons: [
        {
          what: `rate of the floor, 64 connections, fdatasync +${bench.options.slowDiskMs} ms`,
          of: rate('product', 64),
          to: rate('floor', 64),
          target: { atLeast: 0.6 },
        },
        {
          what: `rate of the naive program, 64 connections, fdatasync +${bench.options.slowDiskMs} ms`,
          of: rate('product', 64),
          to: rate('naive', 64),
        },
      ],
    };
  },
};
