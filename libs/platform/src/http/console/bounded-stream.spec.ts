import type { IncomingMessage } from 'node:http';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { boundStream } from './bounded-stream.js';
import { routeConsoleUrl } from './console-target.js';

function opened(url: string, accept = '*/*') {
  const raw = { url, headers: { accept } } as IncomingMessage;
  routeConsoleUrl(raw);
  const end = vi.fn();
  return { end, release: boundStream({ raw }, end) };
}

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

describe.each([
  '/console/api/tenants/atlas/v1/events/stream',
  '/console/api/operator/admin/v1/overview/stream',
])('a stream of events for a session: %s', (url) => {
  it.each(['text/event-stream', '*/*', 'application/json'])('ends after a minute: %s', (accept) => {
    const { end } = opened(url, accept);
    vi.advanceTimersByTime(59_999);
    expect(end).not.toHaveBeenCalled();
    vi.advanceTimersByTime(1);
    expect(end).toHaveBeenCalledOnce();
  });

  it('leaves nothing behind when it ended before', () => {
    opened(url).release();
    expect(vi.getTimerCount()).toBe(0);
  });
});

it('a stream for a key goes on', () => {
  opened('/v1/events/stream', 'text/event-stream');
  expect(vi.getTimerCount()).toBe(0);
});
