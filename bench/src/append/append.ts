import { Child } from '../harness/child.js';
import type { LoopPlan, LoopResult } from '../harness/closed-loop.js';
import type {
  Bench,
  Comparison,
  Experiment,
  Figures,
  OpenExperiment,
  Variant,
} from '../harness/experiment.js';
import { type Server, withClient, withDatabase } from '../postgres.js';
import type { AppendAnswer } from './append-program.js';
import { migrateEventStore } from './large-store.js';

const LEVELS = [1, 16, 64, 256] as const;

type Kind = 'batched' | 'one-transaction-each';

interface Setup {
  readonly name: string;
  readonly kind: Kind;
  readonly levels: readonly number[];
  readonly server: Server;
  readonly template?: string;
}

/** Appends of two events on two streams: the product's store against an INSERT transaction each. */
export const appendExperiment: Experiment = {
  name: 'append',
  title: 'durable append of 2 events on 2 streams, appends/s',
  async open(bench: Bench): Promise<OpenExperiment> {
    const server = await bench.servers.main();
    const large = { levels: [16, 64], template: await bench.servers.largeStore() };
    const setups: Setup[] = [
      { name: 'batched', kind: 'batched', levels: LEVELS, server },
      { name: 'one tx each', kind: 'one-transaction-each', levels: LEVELS, server },
      { name: 'batched, 1M events', kind: 'batched', server, ...large },
    ];
    const comparisons: Comparison[] = LEVELS.map((level) => ({
      what: `batched append / one transaction each, ${level} in flight`,
      of: { variant: 'batched', figure: rateAt(level) },
      to: { variant: 'one tx each', figure: rateAt(level) },
      ...(level === 64 && { target: { atLeast: 2.5 } }),
    }));
    for (const level of large.levels) {
      comparisons.push({
        what: `batched append, store of 1M events / empty store, ${level} in flight`,
        of: { variant: 'batched, 1M events', figure: rateAt(level) },
        to: { variant: 'batched', figure: rateAt(level) },
      });
    }
    if (bench.servers.slowDiskUnavailable() === undefined) {
      const slow = { levels: [256], server: await bench.servers.slowDisk() };
      setups.push(
        { name: 'batched, slow disk', kind: 'batched', ...slow },
        { name: 'one tx each, slow disk', kind: 'one-transaction-each', ...slow },
      );
      comparisons.push({
        what: `batched append / one transaction each, 256 in flight, fdatasync +${bench.options.slowDiskMs} ms`,
        of: { variant: 'batched, slow disk', figure: rateAt(256) },
        to: { variant: 'one tx each, slow disk', figure: rateAt(256) },
        target: { atLeast: 5 },
      });
    }
    return { variants: setups.map((setup) => variant(bench, setup)), comparisons };
  },
};

const rateAt = (level: number) => `appends/s at ${level}`;
const p99At = (level: number) => `p99 ms at ${level}`;

function variant(bench: Bench, { name, kind, levels, server, template }: Setup): Variant {
  const { warmUpMs, measureMs } = bench.options;
  return {
    name,
    measure: () =>
      withDatabase(
        server,
        async (connectionString) => {
          if (template === undefined) await migrateEventStore(connectionString);
          const { child } = await Child.start<LoopPlan, AppendAnswer>('append/append-program', {
            place: 'anywhere',
            pinning: bench.pinning,
            env: { DATABASE_URL: connectionString, VARIANT: kind },
          });
          const figures: Record<string, number> = {};
          let done = 0;
          try {
            for (const inFlight of levels) {
              const plan = { inFlight, warmUpMs: warmUpMs / 2, measureMs: measureMs / 2 };
              const result = (await child.ask(plan)) as LoopResult;
              done += result.done;
              figures[rateAt(inFlight)] = result.rate;
              figures[p99At(inFlight)] = result.p99;
            }
          } finally {
            await child.stop();
          }
          await verify(connectionString, done);
          return figures satisfies Figures;
        },
        template,
      ),
  };
}

async function verify(connectionString: string, appends: number): Promise<void> {
  await withClient(connectionString, async (client) => {
    const { rows } = await client.query<{ events: string }>(
      `select count(*) as events from event_store.events where metadata->>'correlationId' = 'bench'`,
    );
    const events = Number(rows[0]?.events);
    if (events !== 2 * appends) throw new Error(`${appends} appends left ${events} events`);
  });
}
