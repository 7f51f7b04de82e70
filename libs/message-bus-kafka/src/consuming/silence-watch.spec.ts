import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { SilenceWatch } from './silence-watch.js';

const silent = vi.fn();
let watch: SilenceWatch;

beforeEach(() => {
  vi.useFakeTimers();
  silent.mockClear();
  watch = new SilenceWatch(5_000, silent);
});
afterEach(() => {
  watch.end();
  vi.useRealTimers();
});

test('tells of a silence once, when it has lasted', () => {
  vi.advanceTimersByTime(4_900);
  expect(silent).not.toHaveBeenCalled();
  vi.advanceTimersByTime(60_000);
  expect(silent).toHaveBeenCalledExactlyOnceWith(5_000);
});

test('begins anew with whatever is heard', () => {
  for (let n = 0; n < 10; n += 1) {
    vi.advanceTimersByTime(4_000);
    watch.hear();
  }
  expect(silent).not.toHaveBeenCalled();
});

test('says nothing after its end', () => {
  watch.end();
  vi.advanceTimersByTime(60_000);
  expect(silent).not.toHaveBeenCalled();
});
