import { describe, expect, it } from 'vitest';
import type { RecordedEvent } from './events.ts';
import { traceOf } from './trace.ts';

const START = Date.parse('2026-11-20T09:30:00.000Z');

function event(stream: string, position: number, ms: number): RecordedEvent {
  const at = new Date(START + ms).toISOString();
  return {
    id: `event-${position}`,
    at,
    knownAt: at,
    position: String(position),
    stream,
    revision: 0,
    type: 'GenerationRequested',
    version: 1,
    actor: { kind: 'system', id: 'test' },
    correlationId: 'req_1',
    causationId: 'req_1',
    data: {},
  };
}

describe('a trace', () => {
  it('puts services in the order in which the request came to them', () => {
    const { lanes } = traceOf([
      event('job-req_1', 9, 20),
      event('tokenAccount-studio', 8, 10),
      event('generation-req_1', 7, 0),
      event('generation-req_1', 12, 400),
    ]);
    expect(lanes.map(({ service, events }) => [service, events.length])).toEqual([
      ['API and orchestrator', 2],
      ['Ledger', 1],
      ['Orchestrator and workers', 1],
    ]);
  });

  it('has one axis from its first event to its last', () => {
    const { lanes, durationMs } = traceOf([
      event('generation-req_1', 1, 0),
      event('job-req_1', 2, 50),
      event('webhookMessage-wm_1', 3, 200),
    ]);
    expect(durationMs).toBe(200);
    expect(lanes.flatMap(({ events }) => events.map(({ percent }) => percent))).toEqual([
      0, 25, 100,
    ]);
  });

  it('keeps events of one moment in the order of the store', () => {
    const { lanes } = traceOf([event('job-req_1', 11, 0), event('job-req_1', 9, 0)]);
    expect(lanes[0]?.events.map(({ event: { position } }) => position)).toEqual(['9', '11']);
  });

  it('of nothing has no lanes', () => {
    expect(traceOf([])).toEqual({ lanes: [], durationMs: 0 });
  });
});
