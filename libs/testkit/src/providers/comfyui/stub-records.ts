import type { StubHistory, StubQueue, StubRun } from './stub-queue.js';

/** As queues and histories list a run: [number, id, graph, extra data, outputs to execute]. */
export const queueItemOf = ({ number, id, graph, clientId }: StubRun) => [
  ...[number, id, graph, { client_id: clientId }, []],
];

/** Of `GET /history/{id}`: empty until the run is over. */
export function historyOf({ history }: StubQueue, id: string): object {
  const entry = history.get(id);
  if (entry === undefined) return {};
  const { run, outputs, status: status_str, messages } = entry;
  const status = { status_str, completed: status_str === 'success', messages };
  return { [id]: { prompt: queueItemOf(run), outputs, status } };
}

/** Of `GET /api/jobs/{id}`; undefined for an id that is nowhere. */
export function jobOf({ running, pending, history }: StubQueue, id: string): object | undefined {
  const entry = history.get(id);
  if (entry !== undefined) return finishedJob(id, entry);
  if (running?.id === id) return { id, status: 'in_progress', outputs_count: 0 };
  const waits = pending.some((run) => run.id === id);
  return waits ? { id, status: 'pending', outputs_count: 0 } : undefined;
}

function finishedJob(id: string, { outputs, status, messages }: StubHistory): object {
  const events = new Map(messages);
  const last = messages.at(-1)?.[1];
  const failed = events.has('execution_interrupted') ? 'cancelled' : 'failed';
  return {
    ...{ id, status: status === 'success' ? 'completed' : failed, outputs },
    execution_start_time: events.get('execution_start')?.timestamp,
    execution_end_time: last?.timestamp,
    ...(events.has('execution_error') && { execution_error: events.get('execution_error') }),
  };
}
