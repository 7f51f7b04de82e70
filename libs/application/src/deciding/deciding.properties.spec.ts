import { setImmediate as turn } from 'node:timers/promises';
import {
  fold,
  type TokenAccountCommand,
  type TokenAccountEvent,
  tokenAccount,
} from '@imprest/domain';
import { toDomainEvent } from '@imprest/event-catalogue';
import {
  byTest,
  type DecidingProcess,
  decidingProcess,
  grantTokens,
  holdTokens,
  openAccount,
} from '@imprest/testkit';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { EventStoreUnavailable } from '../ports/event-store.js';
import { tokenAccountStream } from './stream-types.js';

const tenant = 'ten_1';

type Fault = 'before' | 'after' | undefined;

interface Step {
  readonly process: 0 | 1;
  /** Turns of the event loop that pass before it. */
  readonly turns: number;
  readonly command: { readonly kind: 'hold' | 'grant'; readonly tokens: number };
}

const step: fc.Arbitrary<Step> = fc.record({
  process: fc.constantFrom(0, 1),
  turns: fc.nat(30),
  command: fc.record({
    kind: fc.constantFrom('hold', 'hold', 'hold', 'grant'),
    tokens: fc.nat(40),
  }),
});

/** What becomes of the appends, in order: most go through. */
const faults = fc.array(
  fc.constantFrom<Fault>(undefined, undefined, undefined, undefined, 'before', 'after'),
  { maxLength: 60 },
);

function commandOf({ command: { kind, tokens } }: Step, n: number): TokenAccountCommand {
  return kind === 'hold'
    ? holdTokens(`gen_${n}`, BigInt(tokens))
    : grantTokens(`lot_of_${n}`, BigInt(tokens) + 1n);
}

/** The command until its outcome is known, as every caller does it. */
async function insist<T>(attempt: () => Promise<T>): Promise<T> {
  for (;;) {
    try {
      return await attempt();
    } catch (error) {
      if (!(error instanceof EventStoreUnavailable)) throw error;
    }
  }
}

async function play(steps: readonly Step[], lot: bigint, planned: readonly Fault[]) {
  const one = decidingProcess();
  const two = decidingProcess(one);
  const left = [...planned];
  await openAccount(one.runner, lot, tenant);
  for (const { store } of [one, two]) {
    let fault: Fault;
    store.beforeAppend = async () => {
      fault = left.shift();
      await turn();
      if (fault === 'before') throw new EventStoreUnavailable('lost before');
    };
    store.afterAppend = () => {
      if (fault === 'after') throw new EventStoreUnavailable('lost after');
    };
  }
  const outcomes = await Promise.all(
    steps.map(async (each, n) => {
      for (let turns = 0; turns < each.turns; turns += 1) await turn();
      const { runner } = each.process === 0 ? one : two;
      const command = commandOf(each, n);
      const result = await insist(() => runner.run(tokenAccountStream, tenant, command, byTest));
      return { command, result };
    }),
  );
  const look = ({ runner }: DecidingProcess) =>
    runner.read(tokenAccountStream, tenant, ({ available, held }) => ({ available, held }));
  const seen = [await look(one), await look(two)];
  const recorded = one.log.streams.get(`tokenAccount-${tenant}`) ?? [];
  return {
    outcomes,
    seen,
    events: recorded.map((event) => toDomainEvent(event) as TokenAccountEvent),
  };
}

/** What could be spent after each event, from the first lot on. */
function runningBalances(events: readonly TokenAccountEvent[]): readonly bigint[] {
  const state = tokenAccount.initialState();
  return events.map((event) => tokenAccount.evolve(state, event).available).slice(1);
}

test('two processes on one account never overdraw it and never lose what they accepted', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(step, { minLength: 1, maxLength: 60 }),
      fc.bigInt(1n, 600n),
      faults,
      async (steps, lot, planned) => {
        const { outcomes, seen, events } = await play(steps, lot, planned);
        const held = events.flatMap((event) =>
          event.type === 'TokensHeld' ? [event.data.generationId] : [],
        );
        const wanted = outcomes.filter(({ command }) => command.type === 'HoldTokens');
        const accepted = wanted.filter(({ result }) => result.kind === 'accepted');
        // Every hold that was accepted is there once, and no other one is.
        expect([...held].sort()).toEqual(
          accepted
            .flatMap(({ command }) => ('generationId' in command ? command.generationId : []))
            .sort(),
        );
        const balances = runningBalances(events);
        const least = balances.reduce((low, balance) => (balance < low ? balance : low));
        expect(least).toBeGreaterThanOrEqual(0n);
        for (const { command, result } of wanted) {
          if (result.kind === 'accepted' || command.type !== 'HoldTokens') continue;
          // There was a moment at which it was right to refuse it.
          expect(least).toBeLessThan(command.price.total);
        }
        const { lots, available, held: inHolds } = fold(tokenAccount, events);
        const granted = [...lots.values()].reduce((sum, each) => sum + each.tokens, 0n);
        expect(available + inHolds).toBe(granted);
        // And both processes know.
        const truth = { available, held: inHolds };
        expect(seen).toEqual([truth, truth]);
      },
    ),
    { numRuns: 150 },
  );
}, 60_000);
