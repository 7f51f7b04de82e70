import {
  type AttemptRules,
  chargedPercent,
  type DeadlineKind,
  type DomainErrorCode,
  type FailGeneration,
  type FailureClass,
  type JobDeadLettered,
  type JobDeadlineMissed,
} from '@imprest/domain';

interface FailureMeaning {
  readonly code: DomainErrorCode;
  readonly retryable: boolean;
  /** For the caller. Undefined: the job's own message, which names what the caller has to change. */
  readonly message?: string;
}

/** What a failure of the work means to the caller. What only operators may know stays with the job. */
export const failureMeanings: Readonly<Record<FailureClass, FailureMeaning>> = {
  user: { code: 'validation_error', retryable: false },
  moderation: {
    code: 'content_policy',
    retryable: false,
    message: 'the images break the content policy',
  },
  model: {
    code: 'provider_error',
    retryable: false,
    message: 'the model could not render this request',
  },
  infrastructure: {
    code: 'provider_error',
    retryable: true,
    message: 'the work failed for a reason on our side',
  },
  timeout: {
    code: 'provider_timeout',
    retryable: true,
    message: 'the model did not finish in time',
  },
  unknown: {
    code: 'provider_error',
    retryable: true,
    message: 'nobody could tell what became of the work',
  },
  cancelled: {
    code: 'provider_error',
    retryable: true,
    message: 'the work was given up',
  },
};

const missed: Readonly<Record<DeadlineKind, string>> = {
  startBy: 'no worker began before startBy',
  finishBy: 'the work was not done by finishBy',
};

type Failing = Omit<FailGeneration, 'charge'>;

/** How a generation fails for a job that was dead-lettered, and what percent of its price that costs. */
export function failureOf(
  { failureClass, message }: JobDeadLettered['data'],
  { failures }: Pick<AttemptRules, 'failures'>,
  rendered: boolean,
): { readonly command: Failing; readonly percent: number } {
  const { code, retryable, message: meaning } = failureMeanings[failureClass];
  const percent = chargedPercent(failures[failureClass].charge, rendered);
  const cost = percent === 0 ? 'nothing was charged' : `${percent} % of its price was charged`;
  const said = meaning === undefined && percent === 0 ? message : `${meaning ?? message}; ${cost}`;
  return {
    command: { type: 'FailGeneration', code, message: said, retryable, retryAfter: null },
    percent,
  };
}

/** How a generation fails whose deadline passed: for nothing, whoever was late. */
export function deadlineFailure({ deadline, at }: JobDeadlineMissed['data']): Failing {
  const message = `${missed[deadline]} (${at}); nothing was charged`;
  return {
    ...{ type: 'FailGeneration', code: 'deadline_missed', message },
    retryable: true,
    retryAfter: null,
  };
}
