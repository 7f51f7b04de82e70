import { migrations as eventStoreMigrations } from '@imprest/event-store-postgres';
import { migrations as readModelMigrations, runMigrations } from '@imprest/read-models';
import { Child } from '../harness/child.js';
import type { Bench, Experiment, OpenExperiment, Variant } from '../harness/experiment.js';
import type { VerifyAnswer, VerifyCommand } from './verify-program.js';

const EVENTS_PER_SECOND = 'events/s';
const PEAK = 'MB at most';

function run(
  bench: Bench,
  connectionString: string,
  command: VerifyCommand,
): Promise<VerifyAnswer> {
  const env = { DATABASE_URL: connectionString };
  const place = { place: 'anywhere', pinning: bench.pinning, env } as const;
  return Child.answer('verify/verify-program', place, command, LONGEST_MS);
}

const LONGEST_MS = 3_600_000;

interface Sizes {
  readonly small: number;
  readonly large: number;
}

async function open(bench: Bench, { small, large }: Sizes): Promise<OpenExperiment> {
  const server = await bench.servers.main();
  const stores = new Map<number, string>();
  for (const events of [small, large]) {
    const connectionString = await server.createDatabase(`verify_${events}`);
    await runMigrations(connectionString, [...eventStoreMigrations, ...readModelMigrations]);
    bench.progress(`${events.toLocaleString('en-GB')} events are made and sealed`);
    await run(bench, connectionString, { task: 'make', events });
    stores.set(events, connectionString);
  }
  const variant = (name: string, task: VerifyCommand['task'], events: number): Variant => ({
    name,
    measure: async () => {
      const connectionString = stores.get(events) as string;
      const { eventsPerSecond, peakMegabytes } = await run(bench, connectionString, {
        task,
        events,
      });
      return { [EVENTS_PER_SECOND]: eventsPerSecond, [PEAK]: peakMegabytes };
    },
  });
  const of = (variantName: string, figure: string) => ({ variant: variantName, figure });
  const [few, many] = [small, large].map((events) => events.toLocaleString('en-GB'));
  return {
    variants: [
      variant('chains', 'chains', large),
      variant('read and hash', 'floor', large),
      variant('everything', 'everything', large),
      variant('everything of fewer', 'everything', small),
    ],
    comparisons: [
      {
        what: 'chains, seals, zero sums / COPY of the same events and entries and SHA-256 of every byte',
        of: of('chains', EVENTS_PER_SECOND),
        to: of('read and hash', EVENTS_PER_SECOND),
        target: { atLeast: 0.5 },
      },
      {
        what: 'booking everything anew and comparing it too / the same',
        of: of('everything', EVENTS_PER_SECOND),
        to: of('read and hash', EVENTS_PER_SECOND),
      },
      {
        what: `memory to verify ${many} events / ${few}`,
        of: of('everything', PEAK),
        to: of('everything of fewer', PEAK),
        target: { atMost: 1.3 },
      },
      {
        what: `rate over ${many} events / ${few}`,
        of: of('everything', EVENTS_PER_SECOND),
        to: of('everything of fewer', EVENTS_PER_SECOND),
      },
    ],
    close: async () => {
      for (const events of stores.keys()) await server.dropDatabase(`verify_${events}`);
    },
  };
}

/** Chains, seals, zero sums and the journal, beside the price of reading and hashing the same bytes. */
export const verifyExperiment: Experiment = {
  name: 'verify',
  title: 'verification of the sealed ledger, events/s',
  open: (bench) =>
    open(
      bench,
      bench.options.quick
        ? { small: 20_000, large: 100_000 }
        : { small: 100_000, large: 1_000_000 },
    ),
};

/** Takes half an hour and ten gigabytes, so it runs for those who name it. */
export const verifyGrowthExperiment: Experiment = {
  name: 'verify-growth',
  title: 'verification of ten million events, events/s',
  unavailable: ({ options }) =>
    options.only.includes('verify-growth')
      ? undefined
      : 'it runs when it is named: --only verify-growth',
  open: (bench) => open(bench, { small: 100_000, large: 10_000_000 }),
};
