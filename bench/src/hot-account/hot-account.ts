import { migrations as eventStoreMigrations } from '@imprest/event-store-postgres';
import { migrations as readModelMigrations, runMigrations } from '@imprest/read-models';
import { Child } from '../harness/child.js';
import type { LoopResult } from '../harness/closed-loop.js';
import type { Bench, Experiment, OpenExperiment, Variant } from '../harness/experiment.js';
import { withClient, withDatabase } from '../postgres.js';
import type { HotAccountAnswer, HotAccountCommand } from './hot-account-program.js';
import { ROW_LOCK_SCHEMA } from './row-lock.js';

const RATE = 'holds/s';
const IN_FLIGHT = 256;

type Kind = 'decider' | 'row-lock';

const holdsOf: Readonly<Record<Kind, string>> = {
  decider: `select count(*) as holds from event_store.events
             where type = 'TokensHeld' and stream like 'tokenAccount-account%'`,
  'row-lock': `select count(*) as holds from holds where account like 'account%'`,
};

async function prepare(connectionString: string, kind: Kind): Promise<void> {
  if (kind === 'row-lock') {
    await withClient(connectionString, (client) => client.query(ROW_LOCK_SCHEMA));
  } else {
    await runMigrations(connectionString, [...eventStoreMigrations, ...readModelMigrations]);
  }
}

function variant(bench: Bench, name: string, kind: Kind, accounts: number): Variant {
  const { warmUpMs, measureMs } = bench.options;
  const plan = { accounts, inFlight: IN_FLIGHT, warmUpMs, measureMs: measureMs / 2 };
  const measure = async (connectionString: string) => {
    await prepare(connectionString, kind);
    const { child } = await Child.start<HotAccountCommand, HotAccountAnswer>(
      'hot-account/hot-account-program',
      {
        place: 'anywhere',
        pinning: bench.pinning,
        env: { DATABASE_URL: connectionString, VARIANT: kind },
      },
    );
    try {
      const { rate, p50, p99, done } = (await child.ask(plan)) as LoopResult;
      const { rows } = await withClient(connectionString, (client) =>
        client.query<{ holds: string }>(holdsOf[kind]),
      );
      const holds = Number(rows[0]?.holds);
      if (holds !== done) throw new Error(`${name}: ${done} holds accepted, ${holds} stored`);
      return { [RATE]: rate, 'p50 ms': p50, 'p99 ms': p99 };
    } finally {
      await child.stop();
    }
  };
  return {
    name,
    measure: async () => withDatabase(await bench.servers.main(), measure),
  };
}

/** Holding tokens of one account that everybody wants at once. */
export const hotAccountExperiment: Experiment = {
  name: 'hot-account',
  title: `holds of tokens, ${IN_FLIGHT} in flight; no account overdrawn`,
  async open(bench: Bench): Promise<OpenExperiment> {
    const figure = (name: string) => ({ variant: name, figure: RATE });
    return {
      variants: [
        variant(bench, 'one account', 'decider', 1),
        variant(bench, '1,000 accounts', 'decider', 1_000),
        variant(bench, '10,000 accounts', 'decider', 10_000),
        variant(bench, 'one account, row lock', 'row-lock', 1),
        variant(bench, '10,000 accounts, row lock', 'row-lock', 10_000),
      ],
      comparisons: [
        {
          what: 'one account / 1,000 accounts',
          of: figure('one account'),
          to: figure('1,000 accounts'),
          target: { atLeast: 0.9 },
        },
        {
          what: 'one account / one account with row lock',
          of: figure('one account'),
          to: figure('one account, row lock'),
          target: { atLeast: 10 },
        },
        {
          what: '10,000 accounts / 10,000 accounts with row locks',
          of: figure('10,000 accounts'),
          to: figure('10,000 accounts, row lock'),
        },
      ],
    };
  },
};
