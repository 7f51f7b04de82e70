import type { WorkerFailureClass } from '@imprest/application';

export interface LeaseBody {
  readonly workerId: string;
  readonly session?: string;
  readonly models?: readonly string[];
  readonly providers?: readonly string[];
  readonly slots: number;
  readonly waitSeconds: number;
}

export interface LeaveBody {
  readonly session?: string;
  readonly held: readonly { readonly jobId: string; readonly fence: number }[];
}

export interface HeartbeatBody {
  readonly fence: number;
  /** 0 to 1. */
  readonly progress?: number;
}

export interface OutcomeBody {
  readonly fence: number;
  readonly receipts?: readonly string[];
  readonly lost?: readonly number[];
  readonly failure?: { readonly class: WorkerFailureClass; readonly message: string };
}

const fence = { type: 'integer', minimum: 1, maximum: Number.MAX_SAFE_INTEGER };
const name = { type: 'string', minLength: 1, maxLength: 100, pattern: '^[\\x20-\\x7e]+$' };
const session = { type: 'string', pattern: '^[A-Za-z0-9_-]{1,64}$' };
const names = { type: 'array', minItems: 1, maxItems: 1_000, items: name };

const failureClasses = [
  'user',
  'model',
  'infrastructure',
  'moderation',
  'timeout',
  'unknown',
] as const satisfies readonly WorkerFailureClass[];

/** Longer than any id of ours, and nothing that a store could choke on. */
export const JOB_ID = { type: 'string', pattern: '^[A-Za-z0-9_]{1,64}$' };
const params = { type: 'object', properties: { jobId: JOB_ID } };

export const leaseSchema = {
  body: {
    type: 'object',
    required: ['workerId', 'slots', 'waitSeconds'],
    properties: {
      workerId: name,
      session,
      models: names,
      providers: names,
      slots: { type: 'integer', minimum: 1, maximum: 64 },
      waitSeconds: { type: 'number', minimum: 0, maximum: 30 },
    },
  },
};

const held = {
  type: 'array',
  maxItems: 256,
  items: {
    type: 'object',
    required: ['jobId', 'fence'],
    properties: { jobId: JOB_ID, fence },
  },
};

export const leaveSchema = {
  params: { type: 'object', properties: { workerId: name } },
  body: { type: 'object', required: ['held'], properties: { session, held } },
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
    properties: { fence, progress: { type: 'number', minimum: 0, maximum: 1 } },
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
      fence,
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
      fence,
      receipts: { type: 'array', maxItems: 64, items: { type: 'string', maxLength: 2_048 } },
      lost: {
        type: 'array',
        maxItems: 64,
        items: { type: 'integer', minimum: 0, maximum: 63 },
      },
      failure: {
        type: 'object',
        required: ['class', 'message'],
        properties: {
          class: { enum: failureClasses },
          message: { type: 'string', minLength: 1, maxLength: 1_000 },
        },
      },
    },
  },
};
