import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { followStream, type Source } from './follow-stream.ts';

/** An EventSource whose ups and downs the test decides. */
class FakeSource implements Source {
  onopen: (() => void) | null = null;
  onerror: (() => void) | null = null;
  readyState = 0;
  readonly listeners = new Map<string, (event: Event) => void>();

  addEventListener(name: string, listener: unknown): void {
    this.listeners.set(name, listener as (event: Event) => void);
  }

  close(): void {
    this.readyState = 2;
  }

  fail(readyState: 0 | 2): void {
    this.readyState = readyState;
    this.onerror?.();
  }

  tell(type: string, data: unknown): void {
    const event = { type, lastEventId: '7', data: JSON.stringify(data) };
    this.listeners.get(type)?.(event as unknown as Event);
  }
}

function follow() {
  const sources: FakeSource[] = [];
  const open = () => {
    sources.push(new FakeSource());
    return sources.at(-1) as FakeSource;
  };
  const follower = { onEvent: vi.fn(), onState: vi.fn(), onOpen: vi.fn() };
  const stop = followStream(open, ['generation.completed'], follower);
  return { sources, follower, stop, last: () => sources.at(-1) as FakeSource };
}

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

describe('a stream that is followed', () => {
  it('tells of its events', () => {
    const { last, follower } = follow();
    last().tell('generation.completed', { id: 'req_1' });
    const told = { type: 'generation.completed', id: '7', data: { id: 'req_1' } };
    expect(follower.onEvent).toHaveBeenCalledExactlyOnceWith(told);
  });

  it('has its follower look again each time it is open, since what came meanwhile was told to nobody', () => {
    const { last, follower, sources } = follow();
    last().onopen?.();
    last().fail(0);
    expect(follower.onState).toHaveBeenLastCalledWith('connecting');
    last().onopen?.();
    expect(follower.onOpen).toHaveBeenCalledTimes(2);
    expect(follower.onState).toHaveBeenLastCalledWith('open');
    expect(sources).toHaveLength(1);
  });

  it('is tried anew when it was refused, ever less often, and not after its end', () => {
    const { sources, last, follower, stop } = follow();
    last().fail(2);
    expect(follower.onState).toHaveBeenLastCalledWith('closed');
    vi.advanceTimersByTime(2_000);
    expect(sources).toHaveLength(2);
    last().fail(2);
    vi.advanceTimersByTime(2_000);
    expect(sources).toHaveLength(2);
    vi.advanceTimersByTime(2_000);
    expect(sources).toHaveLength(3);
    last().onopen?.();
    expect(follower.onOpen).toHaveBeenCalledTimes(1);
    last().fail(2);
    stop();
    vi.advanceTimersByTime(600_000);
    expect(sources).toHaveLength(3);
  });
});
