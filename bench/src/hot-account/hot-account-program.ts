import { type LoopPlan, type LoopResult, runClosedLoop } from '../harness/closed-loop.js';
import { serve } from '../harness/serve.js';
import { DeciderAccounts } from './decider-accounts.js';
import { RowLockAccounts } from './row-lock.js';

export interface HotAccountCommand extends LoopPlan {
  /** Accounts the holds take turns on. */
  readonly accounts: number;
}

export type HotAccountAnswer = { readonly ready: true } | LoopResult;

const TOKENS = 10n;
const PLENTY = 1_000_000_000_000n;
const BURST = 5_000;
const FUNDED = 4_500;

const connectionString = process.env.DATABASE_URL as string;
const accounts =
  process.env.VARIANT === 'decider'
    ? await DeciderAccounts.connect(connectionString)
    : new RowLockAccounts(connectionString);

/** Many at once on an account that cannot pay for all: as many are accepted as it can pay for. */
async function proveExact(): Promise<void> {
  await accounts.open('short', TOKENS * BigInt(FUNDED));
  const holds = Array.from({ length: BURST }, (_, index) =>
    accounts.hold('short', `short_${index}`, TOKENS),
  );
  const accepted = (await Promise.all(holds)).filter(Boolean).length;
  if (accepted !== FUNDED) throw new Error(`${accepted} holds on funds for ${FUNDED}`);
}

serve<HotAccountCommand, HotAccountAnswer>({ ready: true }, async (command) => {
  await proveExact();
  const names = Array.from({ length: command.accounts }, (_, index) => `account_${index}`);
  for (let from = 0; from < names.length; from += 100) {
    await Promise.all(names.slice(from, from + 100).map((name) => accounts.open(name, PLENTY)));
  }
  let count = 0;
  return runClosedLoop(command, async () => {
    count += 1;
    const name = names[count % names.length] as string;
    if (!(await accounts.hold(name, `req_${count}`, TOKENS))) throw new Error('a hold was refused');
  });
});
