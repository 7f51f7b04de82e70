import { describe, expect, it } from 'vitest';
import { advanced, nothingYet, type Progress } from './progress.ts';

const after = (...events: readonly (readonly [string, unknown])[]): Progress =>
  events.reduce((progress, [type, data]) => advanced(progress, { type, data }), nothingYet);

describe('progress of a generation', () => {
  it('waits in line, then is worked on', () => {
    const waiting = after(['queued', {}], ['queue', { position: 3, estimatedStart: null }]);
    expect(waiting).toMatchObject({ phase: 'queued', place: 3 });

    const working = after(
      ['queue', { position: 1 }],
      ['started', { attempt: 1 }],
      ['progress', { progress: 0.5 }],
    );
    expect(working).toMatchObject({ phase: 'processing', place: null, attempt: 1, fraction: 0.5 });
  });

  it('says why it waits, and promises no time where none is known', () => {
    const waiting = { reason: 'breaker_open', message: 'its model gets no work' };
    const held = after(
      ['queue', { position: 3, estimatedStart: '2026-01-15T09:00:00.000Z' }],
      ['queue', { position: 3, estimatedStart: null, waiting }],
    );
    expect(held).toMatchObject({ place: 3, estimatedStart: null, waiting: waiting.message });

    const again = advanced(held, { type: 'started', data: { attempt: 1 } });
    expect(again).toMatchObject({ estimatedStart: null, waiting: null });
  });

  it('begins anew after an attempt that failed', () => {
    const again = after(
      ['started', { attempt: 1 }],
      ['progress', { progress: 0.9 }],
      ['preview', { index: 0, url: 'data:image/webp;base64,AA' }],
      ['attempt_failed', { attempt: 1 }],
    );
    expect(again).toMatchObject({ phase: 'queued', fraction: null, attempt: 1, outputs: [] });
  });

  it('shows each image in its place, previews first', () => {
    const { outputs } = after(
      ['image', { index: 1, id: 'img_b', url: '/assets/b' }],
      ['preview', { index: 0, step: 3, of: 20, url: 'data:image/webp;base64,AA' }],
      ['image', { index: 0, id: 'img_a' }],
      ['image', { index: 2, error: { code: 'storage_failed' } }],
    );
    expect(outputs).toEqual([
      {
        index: 0,
        preview: 'data:image/webp;base64,AA',
        at: { step: 3, of: 20 },
        isStored: true,
        isLost: false,
      },
      { index: 1, preview: '/assets/b', at: null, isStored: true, isLost: false },
      { index: 2, preview: null, at: null, isStored: false, isLost: true },
    ]);
  });

  it('ends with the record, and what comes late changes nothing', () => {
    const ended = after(
      ['failed', { requestId: 'req_1', status: 'failed' }],
      ['progress', { progress: 0.1 }],
    );
    expect(ended).toMatchObject({ phase: 'ended', record: { status: 'failed' } });
    expect(after(['something_new', {}])).toEqual(nothingYet);
  });
});
