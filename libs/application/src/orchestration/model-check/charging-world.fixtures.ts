import {
  type AttemptRules,
  type Decider,
  type GenerationCommand,
  type GenerationEvent,
  type GenerationState,
  generation,
  type JobCommand,
  type JobEvent,
  type JobState,
  job,
  type TokenAccountCommand,
  type TokenAccountEvent,
  type TokenAccountState,
  tokenAccount,
} from '@imprest/domain';
import { exampleIds, priceQuote, shortPatience, storedImage } from '@imprest/testkit';
import type { History } from './histories.fixtures.js';

/** The deciders that the model is made of; a test may put a broken one in. */
export interface Deciders {
  readonly account: Decider<TokenAccountCommand, TokenAccountState, TokenAccountEvent>;
  readonly generation: Decider<GenerationCommand, GenerationState, GenerationEvent>;
  readonly job: Decider<JobCommand, JobState, JobEvent>;
}

export const deciders: Deciders = { account: tokenAccount, generation, job };

/** How much happens at most: every order of it is tried. */
export interface Bounds {
  readonly leases: number;
  readonly cancellations: number;
  /** Times that a reactor loses its place and gets everything once more. */
  readonly replays: number;
}

/** Events of a stream that each reactor has had. */
interface Places {
  /** Of the enqueuer: 0 nothing, 1 the job is queued, 2 the generation was looked at as well. */
  readonly enqueuer: number;
  readonly outcome: number;
  readonly settlement: number;
  readonly canceller: number;
}

export interface ChargingWorld extends Places {
  readonly account: History<TokenAccountState, TokenAccountEvent>;
  readonly generation: History<GenerationState, GenerationEvent>;
  readonly job: History<JobState, JobEvent>;
  readonly leases: number;
  readonly cancellations: number;
  readonly replays: number;
}

export const { tenantId, generationId } = exampleIds;
export const now = '2026-01-15T09:00:00.000Z';
export const IMAGES = 2;
export const TOKENS = 25n;
export const price = priceQuote({ images: IMAGES, perImage: 10n });

/** Half is charged for what is refused after it was rendered, so that failures are not all alike. */
export const rules: Pick<AttemptRules, 'failures'> = {
  failures: {
    ...shortPatience.failures,
    moderation: {
      ...shortPatience.failures.moderation,
      charge: { percent: 50, onlyRendered: true },
    },
  },
};

const imagesOf = (fence: number, count: number) =>
  Array.from({ length: count }, (_, index) => ({
    ...storedImage(),
    index,
    assetId: `img_${fence}_${index}`,
  }));

export const purchase = (lotId: string, tokens: bigint): TokenAccountEvent => ({
  type: 'TokensPurchased',
  data: {
    lotId,
    tokens,
    paid: { minorUnits: 1_000n, currency: 'EUR' },
    paymentId: lotId,
    provider: null,
    discount: null,
  },
});

/** All that whoever held this lease may ever say of it. */
function reportsOf(fence: number): readonly (readonly [string, JobCommand])[] {
  const failed = { type: 'FailAttempt', fence, message: 'failed' } as const;
  const usage = { gpuMs: 5, loadMs: 0 };
  const made = [1, IMAGES].map((count): readonly [string, JobCommand] => [
    `lease ${fence} made ${count}`,
    { type: 'CompleteJob', fence, stored: imagesOf(fence, count), lost: [] },
  ]);
  return [
    ...made,
    [`lease ${fence} fell silent`, { ...failed, failureClass: 'infrastructure', retryAt: now }],
    [`lease ${fence} is unknown`, { ...failed, failureClass: 'unknown', retryAt: now }],
    [`lease ${fence} gave up`, { ...failed, failureClass: 'infrastructure', retryAt: null }],
    [`lease ${fence} was refused`, { ...failed, failureClass: 'moderation', retryAt: null, usage }],
  ];
}

/** Of the lease with fence 1, 2 and so on. */
export const reports = [1, 2, 3].map(reportsOf);
