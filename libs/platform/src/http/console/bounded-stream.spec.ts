import { EventEmitter } from 'node:events';
import type { ServerResponse } from 'node:http';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { boundStream } from './bounded-stream.js';

function answer(accept: string) {
  const destroy = vi.fn();
  const raw = Object.assign(new EventEmitter(), { destroy });
  boundStream({ headers: { accept } }, { raw: raw as unknown as ServerResponse }, 1_000);
  return raw;
}

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

describe('a stream of events for a session', () => {
  it('ends after its time, and not before', () => {
    const stream = answer('text/event-stream');
    vi.advanceTimersByTime(999);
    expect(stream.destroy).not.toHaveBeenCalled();
    vi.advanceTimersByTime(1);
    expect(stream.destroy).toHaveBeenCalledOnce();
  });

  it('leaves nothing behind when the reader goes first', () => {
    const stream = answer('text/event-stream');
    stream.emit('close');
    expect(vi.getTimerCount()).toBe(0);
  });
});

it('an answer of another kind takes the time that it takes', () => {
  answer('application/json');
  expect(vi.getTimerCount()).toBe(0);
});
