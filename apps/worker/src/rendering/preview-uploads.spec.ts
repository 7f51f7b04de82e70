import type { PreviewAnswer, RenderPreview, WorkOrder } from '@imprest/application';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { PreviewUploads } from './preview-uploads.js';

const order = { jobId: 'req_1', fence: 7 } as WorkOrder;
const look = (step: number): RenderPreview => ({
  index: 0,
  bytes: Buffer.from(`step ${step}`),
  mediaType: 'image/jpeg',
  at: { step, of: 20 },
});

let sent: number[];
let answer: () => Promise<PreviewAnswer | undefined>;
let stop: AbortController;
let previews: PreviewUploads;

beforeEach(() => {
  vi.useFakeTimers();
  sent = [];
  answer = async () => ({ taken: true, pauseMs: 1_000 });
  stop = new AbortController();
  const preview = (_: unknown, { at }: RenderPreview) => {
    sent.push(at?.step ?? 0);
    return answer();
  };
  previews = new PreviewUploads({ preview }, order, stop.signal);
});
afterEach(() => {
  vi.useRealTimers();
});

test('nothing is shown of work that has just begun, then as often as the orchestrator wants', async () => {
  previews.take(look(1));
  await vi.advanceTimersByTimeAsync(600);
  expect(previews.isOpen).toBe(true);
  previews.take(look(2));
  previews.take(look(3));
  await vi.advanceTimersByTimeAsync(900);
  expect(previews.isOpen).toBe(false);
  previews.take(look(4));
  await vi.advanceTimersByTimeAsync(200);
  previews.take(look(5));
  expect(sent).toEqual([2, 5]);
});

test('one that nobody answers holds up no other work, and the next one comes much later', async () => {
  await vi.advanceTimersByTimeAsync(600);
  answer = () => Promise.reject(new Error('the orchestrator is away'));
  previews.take(look(1));
  await vi.advanceTimersByTimeAsync(9_000);
  expect(previews.isOpen).toBe(false);
  await vi.advanceTimersByTimeAsync(2_000);
  expect(previews.isOpen).toBe(true);
});

test('nothing is shown of work that was stopped', async () => {
  await vi.advanceTimersByTimeAsync(600);
  stop.abort();
  previews.take(look(1));
  expect(previews.isOpen).toBe(false);
  expect(sent).toEqual([]);
});
