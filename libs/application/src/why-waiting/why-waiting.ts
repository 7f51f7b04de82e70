import type { Deadlines, JobState } from '@imprest/domain';
import type { BreakerStanding } from '../model-breakers/model-breakers.js';

export type WaitingReason =
  | 'model_gone'
  | 'breaker_open'
  | 'no_worker'
  | 'outcome_unknown'
  | 'retrying'
  | 'share_used_up'
  | 'behind_others'
  | 'model_loading'
  | 'workers_busy'
  | 'about_to_start'
  | 'model_switched_off'
  | 'deadline_soon'
  | 'not_queued';

export interface Waiting {
  readonly reason: WaitingReason;
  /** In plain words. */
  readonly message: string;
}

const OF_THE_LINE: ReadonlySet<WaitingReason> = new Set<WaitingReason>([
  'behind_others',
  'model_loading',
  'workers_busy',
  'about_to_start',
]);

/** Whether it waits for its turn alone, so that when it begins can be reckoned from the line. */
export function isOfTheLine({ reason }: Waiting): boolean {
  return OF_THE_LINE.has(reason);
}

/** What is known of work that nobody is at. */
export interface WaitingFacts {
  readonly model: string;
  /** Whether it is sold now: `gone` when it has left the catalogue. */
  readonly sold: 'on' | 'off' | 'gone';
  readonly breaker: Pick<BreakerStanding, 'status' | 'reason' | 'probeAt'>;
  /** Active workers that could serve the model, have it loaded, and could begin at once. */
  readonly workers: { readonly able: number; readonly loaded: number; readonly idle: number };
  /** Undefined when the queue does not know it. */
  readonly place:
    | { readonly position: number; readonly atCap?: boolean; readonly readyAt?: string }
    | undefined;
  /** Undefined for whoever does not look into attempts. */
  readonly job?: Pick<JobState, 'status' | 'attempt'>;
  readonly deadlines: Deadlines;
  /** ISO 8601. */
  readonly now: string;
}

const SOON_MS = 60_000;

/** What keeps the work from beginning, in the order in which it would have to be mended. */
function obstacle(facts: WaitingFacts): Waiting {
  const { model, sold, breaker, workers, place } = facts;
  if (sold === 'gone') {
    const message = `model ${model} has left the catalogue: the work ends within a minute and costs nothing`;
    return { reason: 'model_gone', message };
  }
  if (breaker.status !== 'closed') return shut(facts);
  if (workers.able === 0) {
    const message = `no worker that is there now serves model ${model}`;
    return { reason: 'no_worker', message };
  }
  if (place === undefined) {
    const message = 'it is not in the queue: it comes back within ten minutes';
    return { reason: 'not_queued', message };
  }
  return delay(facts) ?? inLine(facts, place);
}

function shut({ model, breaker }: WaitingFacts): Waiting {
  const next =
    breaker.status === 'halfOpen' ? 'one job of it is tried now' : `tried again ${breaker.probeAt}`;
  const message = `model ${model} gets no work, because ${breaker.reason}; ${next}`;
  return { reason: 'breaker_open', message };
}

function delay({ job, place, now }: WaitingFacts): Waiting | undefined {
  const readyAt = place?.readyAt;
  if (readyAt === undefined || readyAt <= now) return undefined;
  return job?.status === 'unknown'
    ? {
        reason: 'outcome_unknown',
        message: `nobody knows yet what became of attempt ${job.attempt}: its provider is asked ${readyAt}`,
      }
    : {
        reason: 'retrying',
        message: job
          ? `attempt ${job.attempt} has failed, the next one begins ${readyAt} at the earliest`
          : `its next attempt begins ${readyAt} at the earliest`,
      };
}

function inLine(
  { model, workers }: WaitingFacts,
  { position, atCap }: NonNullable<WaitingFacts['place']>,
): Waiting {
  if (atCap) {
    const message = 'its tenant has as much work under way as it may have at once';
    return { reason: 'share_used_up', message };
  }
  if (position > 1) {
    const others = position === 2 ? 'one other' : `${position - 1} others`;
    return {
      reason: 'behind_others',
      message: `it is behind ${others} in the order of fair share`,
    };
  }
  if (workers.loaded === 0) {
    const message = `no worker has model ${model} loaded yet: the next free one loads it`;
    return { reason: 'model_loading', message };
  }
  if (workers.idle === 0) {
    const message = `it is the next for model ${model}, whose workers are busy`;
    return { reason: 'workers_busy', message };
  }
  return { reason: 'about_to_start', message: 'a worker takes it within seconds' };
}

/** Why work waits, the reason that counts first; always at least one. */
export function whyWaiting(facts: WaitingFacts): readonly [Waiting, ...Waiting[]] {
  const more: Waiting[] = [];
  if (facts.sold === 'off') {
    const message = `model ${facts.model} is switched off for new requests; what was accepted is still done`;
    more.push({ reason: 'model_switched_off', message });
  }
  const hasBegun = (facts.job?.attempt ?? 0) > 0;
  const deadline = (hasBegun ? null : facts.deadlines.startBy) ?? facts.deadlines.finishBy;
  if (deadline !== null && Date.parse(deadline) - Date.parse(facts.now) <= SOON_MS) {
    const message = `its deadline is near: ${deadline}; missed, it ends and costs nothing`;
    more.push({ reason: 'deadline_soon', message });
  }
  return [obstacle(facts), ...more];
}
