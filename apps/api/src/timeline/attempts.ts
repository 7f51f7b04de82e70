import type { AttemptUsage } from '@imprest/domain';
import { type RecordedEvent, toDomainEvent } from '@imprest/event-catalogue';

/** One worker's try; times are ISO 8601. */
export interface Attempt {
  readonly attempt: number;
  readonly startedAt: string;
  readonly endedAt: string | null;
  readonly outcome: 'running' | 'succeeded' | 'failed' | 'stopped';
  /** Milliseconds that a GPU was busy with it; null when nobody measured. */
  readonly gpuMs: number | null;
  /** The part of them that loading the model took. */
  readonly loadMs: number | null;
}

const MOST_ATTEMPTS = 200;

const STOPS = new Set(['JobDeadlineMissed', 'JobCancelled', 'JobDeadLettered']);

const measured = (usage: AttemptUsage | null) => ({
  gpuMs: usage?.gpuMs ?? null,
  loadMs: usage?.loadMs ?? null,
});

/** The attempts that the stream of a job tells of, in their order; of very many the latest. */
export async function attemptsOf(
  pages: AsyncIterable<readonly RecordedEvent[]>,
): Promise<readonly Attempt[]> {
  const attempts: Attempt[] = [];
  const end = (at: string, outcome: Attempt['outcome'], usage: AttemptUsage | null) => {
    const last = attempts.at(-1);
    if (last?.outcome !== 'running') return;
    attempts[attempts.length - 1] = { ...last, endedAt: at, outcome, ...measured(usage) };
  };
  for await (const page of pages) {
    for (const recorded of page) {
      const at = recorded.metadata.occurredAt;
      const event = toDomainEvent(recorded);
      if (event.type === 'JobLeased') {
        // A lease that ran out is not a fact of its own: the next one says so.
        end(at, 'failed', null);
        const { attempt } = event.data;
        attempts.push({
          attempt,
          startedAt: at,
          endedAt: null,
          outcome: 'running',
          ...measured(null),
        });
        if (attempts.length > MOST_ATTEMPTS) attempts.shift();
      } else if (event.type === 'JobAttemptFailed') end(at, 'failed', event.data.usage);
      else if (event.type === 'JobSucceeded') end(at, 'succeeded', event.data.usage);
      else if (STOPS.has(event.type)) end(at, 'stopped', null);
    }
  }
  return attempts;
}
