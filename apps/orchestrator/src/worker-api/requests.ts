import type { ResidentModel, WorkerFailureClass } from '@imprest/application';
import { type AttemptUsage, failureClasses } from '@imprest/domain';

export interface LeaseBody {
  readonly workerId: string;
  readonly session?: string;
  readonly models?: readonly string[];
  readonly providers?: readonly string[];
  readonly slots: number;
  readonly waitSeconds: number;
  readonly residency?: readonly ResidentModel[];
}

export interface HeartbeatBody {
  readonly fence: number;
  /** 0 to 1. */
  readonly progress?: number;
}

export interface WatchBody {
  readonly fence: number;
  readonly waitSeconds: number;
}

export interface OutcomeBody {
  readonly fence: number;
  readonly receipts?: readonly string[];
  readonly lost?: readonly number[];
  readonly usage?: AttemptUsage;
  readonly failure?: {
    readonly class: WorkerFailureClass;
    readonly message: string;
    readonly unresolvedAttempt?: number;
  };
}

export const FENCE = { type: 'integer', minimum: 1, maximum: Number.MAX_SAFE_INTEGER };
export const NAME = { type: 'string', minLength: 1, maxLength: 100, pattern: '^[\\x20-\\x7e]+$' };
export const SESSION = { type: 'string', pattern: '^[A-Za-z0-9_-]{1,64}$' };
export const NAMES = { type: 'array', minItems: 1, maxItems: 1_000, items: NAME };

/** Cancelled work is nothing that a worker has to tell. */
const reportable = failureClasses.filter(
  (each): each is WorkerFailureClass => each !== 'cancelled',
);

/** Longer than any id of ours, and nothing that a store could choke on. */
export const JOB_ID = { type: 'string', pattern: '^[A-Za-z0-9_]{1,64}$' };
const params = { type: 'object', properties: { jobId: JOB_ID } };

const milliseconds = { type: 'integer', minimum: 0, maximum: 1_000_000_000_000 };

export const RESIDENCY = {
  type: 'array',
  maxItems: 1_000,
  items: {
    type: 'object',
    required: ['provider', 'model', 'at'],
    properties: {
      provider: NAME,
      model: { type: 'string', minLength: 1, maxLength: 200 },
      at: { enum: ['loaded', 'memory', 'disk'] },
      gpuMs: milliseconds,
      loadedMs: milliseconds,
    },
  },
};

export const leaseSchema = {
  body: {
    type: 'object',
    required: ['workerId', 'slots', 'waitSeconds'],
    properties: {
      workerId: NAME,
      session: SESSION,
      models: NAMES,
      providers: NAMES,
      slots: { type: 'integer', minimum: 1, maximum: 64 },
      waitSeconds: { type: 'number', minimum: 0, maximum: 30 },
      residency: RESIDENCY,
    },
  },
};

const wholeNumber = { type: 'string', pattern: '^[0-9]{1,15}$' };

export const referenceSchema = {
  params: { type: 'object', properties: { jobId: JOB_ID, index: wholeNumber } },
  querystring: { type: 'object', properties: { fence: wholeNumber }, required: ['fence'] },
};

export const heartbeatSchema = {
  params,
  body: {
    type: 'object',
    required: ['fence'],
    properties: { fence: FENCE, progress: { type: 'number', minimum: 0, maximum: 1 } },
  },
};

export const watchSchema = {
  params,
  body: {
    type: 'object',
    required: ['fence', 'waitSeconds'],
    properties: { fence: FENCE, waitSeconds: { type: 'number', minimum: 0, maximum: 30 } },
  },
};

/** Far more numbers than any model of faces has. */
const MOST_NUMBERS = 4_096;

export interface IdentityBody {
  readonly fence: number;
  readonly embedding: readonly number[];
}

export const identitySchema = {
  params,
  body: {
    type: 'object',
    required: ['fence', 'embedding'],
    properties: {
      fence: FENCE,
      embedding: {
        type: 'array',
        minItems: 1,
        maxItems: MOST_NUMBERS,
        items: { type: 'number' },
      },
    },
  },
};

export const outcomeSchema = {
  params,
  body: {
    type: 'object',
    required: ['fence'],
    properties: {
      fence: FENCE,
      receipts: { type: 'array', maxItems: 64, items: { type: 'string', maxLength: 4_096 } },
      lost: {
        type: 'array',
        maxItems: 64,
        items: { type: 'integer', minimum: 0, maximum: 63 },
      },
      usage: {
        type: 'object',
        required: ['gpuMs', 'loadMs'],
        properties: { gpuMs: milliseconds, loadMs: milliseconds },
      },
      failure: {
        type: 'object',
        required: ['class', 'message'],
        properties: {
          class: { enum: reportable },
          message: { type: 'string', minLength: 1, maxLength: 1_000 },
          unresolvedAttempt: { type: 'integer', minimum: 1, maximum: 1_000 },
        },
      },
    },
  },
};
