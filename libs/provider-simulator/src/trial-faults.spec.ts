import type { RenderRequest } from '@imprest/application';
import { describe, expect, it } from 'vitest';
import { smallRequest } from './small-request.fixtures.js';
import { markedFaults, randomFailure } from './trial-faults.js';

const marked = (prompt: string, attempt = 1) => markedFaults({ ...smallRequest, prompt, attempt });

describe('markers in a prompt', () => {
  it('name a failure class', () => {
    expect(marked('[fail:moderation] a lake')).toMatchObject({
      prompt: 'a lake',
      failure: { failureClass: 'moderation', beforeImage: 0 },
    });
  });

  it('may hold for the first attempts only', () => {
    expect(marked('a lake [fail:infrastructure:2]', 2).failure).toBeDefined();
    expect(marked('a lake [fail:infrastructure:2]', 3).failure).toBeUndefined();
  });

  it('name lost images and waiting', () => {
    const faults = marked('[lose:1][lose:3] a lake [slow:500]');

    expect(faults.lost).toEqual(new Set([1, 3]));
    expect(faults.slowMs).toBe(500);
    expect(faults.prompt).toBe('a lake');
  });

  it('bound the waiting', () => {
    expect(marked('[slow:99999]').slowMs).toBe(60_000);
  });

  it('are left alone when they name nothing known', () => {
    const prompt = 'a sign that says [fail:cancelled], [fail:5], [lose:me] and [slow:down]';

    expect(marked(prompt)).toEqual({ prompt, failure: undefined, lost: new Set(), slowMs: 0 });
  });
});

describe('random failures', () => {
  const requests = Array.from(
    { length: 1_000 },
    (_, index): RenderRequest => ({ ...smallRequest, jobId: `job-${index}`, images: 4 }),
  );

  it('hit the share asked for, the same ones each time', () => {
    const failures = requests.map((request) => randomFailure(request, 0.3));

    expect(failures.filter(Boolean).length / failures.length).toBeCloseTo(0.3, 1);
    expect(requests.map((request) => randomFailure(request, 0.3))).toEqual(failures);
  });

  it('come in all classes and at all images', () => {
    const failures = requests.flatMap((request) => randomFailure(request, 1) ?? []);

    expect(new Set(failures.map(({ failureClass }) => failureClass)).size).toBe(5);
    expect(new Set(failures.map(({ beforeImage }) => beforeImage))).toEqual(new Set([0, 1, 2, 3]));
  });

  it('never repeat their class on the next attempt', () => {
    for (const request of requests.slice(0, 50)) {
      const classes = [1, 2, 3].map(
        (attempt) => randomFailure({ ...request, attempt }, 1)?.failureClass,
      );
      expect(new Set(classes).size).toBe(3);
    }
  });

  it('never happen at a rate of zero', () => {
    expect(requests.some((request) => randomFailure(request, 0))).toBe(false);
  });
});
