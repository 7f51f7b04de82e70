import type { ResidentModel } from '@imprest/application';
import { FENCE, JOB_ID, NAME, NAMES, RESIDENCY, SESSION } from './requests.js';

export interface HeldLease {
  readonly jobId: string;
  readonly fence: number;
}

export interface RegisterBody {
  readonly session: string;
  readonly models?: readonly string[];
  readonly providers?: readonly string[];
  readonly vramBytes?: number;
  readonly slots: number;
  readonly labels?: Readonly<Record<string, string>>;
  readonly version?: string;
  readonly residency?: readonly ResidentModel[];
}

export interface BeatBody {
  readonly session: string;
  readonly residency?: readonly ResidentModel[];
  readonly held: readonly HeldLease[];
  /** As many as leases when absent. */
  readonly usedSlots?: number;
}

export interface LeaveBody {
  readonly session?: string;
  readonly held: readonly HeldLease[];
}

/** Without fields that are not known: it is kept, and shown to operators. */
export function residencyIn({
  residency = [],
}: Pick<RegisterBody, 'residency'>): readonly ResidentModel[] {
  return residency.map(({ provider, model, at, gpuMs, loadedMs }) => ({
    ...{ provider, model, at },
    ...(gpuMs !== undefined && { gpuMs }),
    ...(loadedMs !== undefined && { loadedMs }),
  }));
}

const params = { type: 'object', properties: { workerId: NAME } };

const held = {
  type: 'array',
  maxItems: 256,
  items: {
    type: 'object',
    required: ['jobId', 'fence'],
    properties: { jobId: JOB_ID, fence: FENCE },
  },
};

const MOST_LABELS = 32;

export const registerSchema = {
  params,
  body: {
    type: 'object',
    required: ['session', 'slots'],
    properties: {
      session: SESSION,
      models: NAMES,
      providers: NAMES,
      vramBytes: { type: 'integer', minimum: 0, maximum: Number.MAX_SAFE_INTEGER },
      slots: { type: 'integer', minimum: 1, maximum: 64 },
      labels: {
        type: 'object',
        maxProperties: MOST_LABELS,
        propertyNames: NAME,
        additionalProperties: { type: 'string', maxLength: 100 },
      },
      version: NAME,
      residency: RESIDENCY,
    },
  },
};

export const beatSchema = {
  params,
  body: {
    type: 'object',
    required: ['session', 'held'],
    properties: {
      session: SESSION,
      residency: RESIDENCY,
      held,
      usedSlots: { type: 'integer', minimum: 0, maximum: 64 },
    },
  },
};

export const leaveSchema = {
  params,
  body: { type: 'object', required: ['held'], properties: { session: SESSION, held } },
};
