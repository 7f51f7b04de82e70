import type { RecordedEvent } from './events.ts';

/** Which process writes the streams of a category. */
const SERVICES: Readonly<Record<string, string>> = {
  generation: 'API and orchestrator',
  tokenAccount: 'Ledger',
  job: 'Orchestrator and workers',
  modelBreaker: 'Orchestrator and workers',
  worker: 'Orchestrator and workers',
  webhookMessage: 'Webhooks',
  webhookEndpoint: 'Webhooks',
  webhookRecovery: 'Webhooks',
  topUp: 'Payments',
};
const OTHERS = 'Others';

/** An event on the time axis of its request. */
export interface TracedEvent {
  readonly event: RecordedEvent;
  /** Since the first event. */
  readonly offsetMs: number;
  /** Place on the axis: 0 is the first event, 100 the last. */
  readonly percent: number;
}

export interface TraceLane {
  readonly service: string;
  readonly events: readonly TracedEvent[];
}

export interface Trace {
  readonly lanes: readonly TraceLane[];
  readonly durationMs: number;
}

const categoryOf = (stream: string): string => stream.split('-', 1)[0] ?? stream;

/** Services in the order in which the request came to them, with their events on one axis. */
export function traceOf(events: readonly RecordedEvent[]): Trace {
  const times = events.map(({ at }) => Date.parse(at));
  const first = Math.min(...times);
  const durationMs = events.length === 0 ? 0 : Math.max(...times) - first;
  const lanes = new Map<string, TracedEvent[]>();
  for (const event of [...events].sort(inOrder)) {
    const service = SERVICES[categoryOf(event.stream)] ?? OTHERS;
    const offsetMs = Date.parse(event.at) - first;
    const percent = durationMs === 0 ? 0 : (offsetMs / durationMs) * 100;
    lanes.set(service, [...(lanes.get(service) ?? []), { event, offsetMs, percent }]);
  }
  return {
    lanes: [...lanes].map(([service, traced]) => ({ service, events: traced })),
    durationMs,
  };
}

/** As they happened; of the same moment as the store knows them. */
function inOrder(left: RecordedEvent, right: RecordedEvent): number {
  const difference = Date.parse(left.at) - Date.parse(right.at);
  return difference !== 0 ? difference : Number(BigInt(left.position) - BigInt(right.position));
}
