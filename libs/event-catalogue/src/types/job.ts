import { type AttemptUsage, failureClasses, type KeptOutput } from '@imprest/domain';
import type { JsonObject } from '../envelope.js';
import { type EventOf, firstVersion } from '../event-definition.js';
import { integer, list, nullable, number, object, oneOf, string, timestamp } from '../schema.js';
import { outputVerdict, storedImage, withoutOutputStage } from './generation.js';

const category = 'job';

const failureClass = oneOf(...failureClasses);

const usage = nullable(object<AttemptUsage>({ gpuMs: integer(), loadMs: integer() }));

/** Nobody measured what an attempt took. */
const unmeasured = (data: JsonObject): JsonObject => ({ ...data, usage: null });

export const jobEvents = {
  JobQueued: firstVersion(
    category,
    object<EventOf<'JobQueued'>['data']>({ tenantId: string(), model: string(), cost: number() }),
  ),
  JobLeased: firstVersion(
    category,
    object<EventOf<'JobLeased'>['data']>({
      workerId: string(),
      fence: integer(),
      attempt: integer(),
    }),
  ),
  JobProgressed: firstVersion(
    category,
    object<EventOf<'JobProgressed'>['data']>({ fence: integer(), fraction: number() }),
  ),
  JobAttemptFailed: {
    category,
    version: 2,
    schema: object<EventOf<'JobAttemptFailed'>['data']>({
      fence: integer(),
      attempt: integer(),
      failureClass,
      message: string(),
      retryAt: nullable(timestamp()),
      usage,
      unresolvedAttempt: nullable(integer()),
    }),
    // Version 2 knows the class unknown, too: before, nobody asked what had become of a provider call.
    upcasters: [(data: JsonObject) => ({ ...unmeasured(data), unresolvedAttempt: null })],
  },
  JobSucceeded: {
    category,
    version: 2,
    schema: object<EventOf<'JobSucceeded'>['data']>({
      fence: integer(),
      stored: list(storedImage),
      lost: list(integer()),
      usage,
    }),
    upcasters: [
      (data: JsonObject) => ({
        ...unmeasured(data),
        stored: (data.stored as readonly JsonObject[]).map(withoutOutputStage),
      }),
    ],
  },
  JobOutputWithheld: {
    category,
    version: 2,
    schema: object<EventOf<'JobOutputWithheld'>['data']>({
      fence: integer(),
      index: integer(),
      sha256: string(),
      verdict: outputVerdict,
      kept: nullable(
        object<KeptOutput>({ assetId: string(), mediaType: string(), keptUntil: timestamp() }),
      ),
    }),
    // Before there were moderators, nothing was kept for them.
    upcasters: [(data: JsonObject) => ({ ...data, kept: null })],
  },
  JobDeadLettered: {
    category,
    version: 2,
    schema: object<EventOf<'JobDeadLettered'>['data']>({
      attempts: integer(),
      failureClass,
      message: string(),
    }),
    // Version 2 knows the class unknown.
    upcasters: [(data: JsonObject) => data],
  },
  JobRedriven: firstVersion(
    category,
    object<EventOf<'JobRedriven'>['data']>({ generationId: string(), reason: string() }),
  ),
  JobDeadlineMissed: firstVersion(
    category,
    object<EventOf<'JobDeadlineMissed'>['data']>({
      deadline: oneOf('startBy', 'finishBy'),
      at: timestamp(),
    }),
  ),
  JobCancelled: firstVersion(
    category,
    object<EventOf<'JobCancelled'>['data']>({ reason: string() }),
  ),
};
