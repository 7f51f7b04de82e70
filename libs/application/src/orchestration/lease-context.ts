import type { CommandContext, Origin } from '../command-context.js';
import type { LeaseRef } from '../ports/work-queue.js';

/** Context of a command that belongs to a worker's lease. */
export function leaseContext(
  { id, fence }: LeaseRef,
  workerId: string,
  { correlationId, traceparent }: Origin,
): CommandContext {
  return {
    correlationId,
    traceparent,
    causationId: `${id}/${fence}`,
    actor: { kind: 'worker', id: workerId },
  };
}
