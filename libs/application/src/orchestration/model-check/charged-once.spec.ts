import { expect, test, vi } from 'vitest';
import { ChargingModel } from './charging-model.fixtures.js';
import { type Bounds, type Deciders, deciders } from './charging-world.fixtures.js';
import { explore } from './explorer.fixtures.js';

// Hundreds of thousands of states, on a machine that does other work as well.
vi.setConfig({ testTimeout: 60_000 });

const small: Bounds = { leases: 2, cancellations: 1, replays: 0 };

test.each<[string, Bounds]>([
  ['with two leases and a reactor that gets everything twice', { ...small, replays: 1 }],
  ['with three leases', { ...small, leases: 3 }],
])('in every order of events, a generation is settled or released once: %s', (name, bounds) => {
  const { states, transitions, violation } = explore(new ChargingModel(bounds));
  console.info(`model check ${name}: ${states} states, ${transitions} transitions`);

  expect(violation).toBeUndefined();
  expect(states).toBeGreaterThan(10_000);
});

const trusting: Deciders['job'] = {
  ...deciders.job,
  decide: (command, state) =>
    deciders.job.decide(
      'fence' in command && command.type !== 'LeaseJob'
        ? { ...command, fence: state.fence }
        : command,
      state,
    ),
};

const forgetful: Deciders['generation'] = {
  ...deciders.generation,
  decide: (command, state) =>
    deciders.generation.decide(command, { ...state, status: 'processing' }),
};

const generous: Deciders['account'] = {
  ...deciders.account,
  decide: (command, state) =>
    command.type === 'SettleHold'
      ? deciders.account.decide({ ...command, type: 'ReleaseHold', reason: 'made' }, state)
      : deciders.account.decide(command, state),
};

test.each<[string, Partial<Deciders>, string]>([
  ['a job that trusts any fence', { job: trusting }, 'the result of a lost lease was counted'],
  ['a generation that ends again', { generation: forgetful }, 'the generation ended twice'],
  ['an account that gives back what was made', { account: generous }, '0 tokens were captured'],
])('what is broken is found: %s', (_, broken, rule) => {
  const bounds = { ...small, replays: 1 };
  const { violation } = explore(new ChargingModel(bounds, { ...deciders, ...broken }));

  expect(violation?.rule).toContain(rule);
  expect(violation?.trace[0]).toBe('begin');
});
