import { isOpenJob, isTerminal } from '@imprest/domain';
import { generationEnd } from '../outcome-commands.js';
import { type ChargingWorld, TOKENS } from './charging-world.fixtures.js';

const ENDS_OF_GENERATION = new Set([
  'GenerationSucceeded',
  'GenerationFailed',
  'GenerationCancelled',
]);
const ENDS_OF_JOB = new Set([
  ...['JobSucceeded', 'JobDeadLettered', 'JobDeadlineMissed', 'JobCancelled'],
]);
const CLOSES = new Set(['HoldSettled', 'HoldReleased']);

const countOf = (events: readonly { readonly type: string }[], types: ReadonlySet<string>) =>
  events.filter(({ type }) => types.has(type)).length;

function captured({ events }: ChargingWorld['account']): bigint {
  let sum = 0n;
  for (const event of events) {
    if (event.type !== 'HoldSettled') continue;
    for (const { tokens } of event.data.captured) sum += tokens;
  }
  return sum;
}

/** What each stream promises by itself, whatever happens around it. */
export function brokenStream({
  account,
  generation: asked,
  job: work,
}: ChargingWorld): string | undefined {
  const { available, held } = account.state;
  if (available < 0n || held < 0n) return 'the account is below zero';
  if (available + held + captured(account) !== TOKENS) return 'tokens came or went';
  if (countOf(account.events, CLOSES) > 1) return 'the hold was closed twice';
  if (countOf(asked.events, ENDS_OF_GENERATION) > 1) return 'the generation ended twice';
  if (countOf(work.events, ENDS_OF_JOB) > 1) return 'the job ended twice';
  const counted = work.events.find((event) => event.type === 'JobSucceeded');
  const newest = work.events.findLast((event) => event.type === 'JobLeased');
  const isLate = counted?.data.stored.some(
    ({ assetId }) => !assetId.startsWith(`img_${newest?.data.fence}_`),
  );
  return isLate ? 'the result of a lost lease was counted' : undefined;
}

/** What must hold once every reactor has heard everything. */
export function brokenRest(world: ChargingWorld): string | undefined {
  const { account, generation: asked, job: work } = world;
  const isHeld = account.events.some(({ type }) => type === 'TokensHeld');
  const isAtRest =
    world.outcome === work.length &&
    world.settlement === asked.length &&
    world.canceller === asked.length &&
    (!isHeld || world.enqueuer === 2);
  if (!isAtRest) return undefined;
  if (!isTerminal(asked.state.status)) {
    return isHeld && !isOpenJob(work.state) ? 'nobody works, and nobody was told' : undefined;
  }
  if (isOpenJob(work.state)) return 'somebody works on what has ended';
  const closes = countOf(account.events, CLOSES);
  if (closes !== (isHeld ? 1 : 0)) return `the hold was closed ${closes} times`;
  const end = asked.events.map(generationEnd).find((each) => each !== undefined);
  const charged = end?.kind === 'charged' ? end.charged : 0n;
  if (isHeld && captured(account) !== charged) {
    return `${captured(account)} tokens were captured, ${charged} charged`;
  }
  return undefined;
}
