import type { ClipRequest } from '@imprest/application';
import { describe, expect, it } from 'vitest';
import { smallRequest } from '../small-request.fixtures.js';
import { ClipMaker } from './clip-maker.js';
import type { ClipTask } from './clip-task.js';

const { signal } = new AbortController();
const ffmpeg = { mp4: async () => Uint8Array.of(4) };

function maker(found: typeof ffmpeg | undefined) {
  const tasks: ClipTask[] = [];
  let looks = 0;
  const pool = {
    render: async (task: ClipTask) => {
      tasks.push(task);
      return Uint8Array.of(1);
    },
  };
  const clips = new ClipMaker(pool, async () => {
    looks += 1;
    return found;
  });
  const make = (mediaTypes: ClipRequest['mediaTypes'], width = 160) => {
    const clip = { durationSeconds: 2, framesPerSecond: 5, mediaTypes };
    const request = { ...smallRequest, width };
    const order = { request, clip, prompt: 'pan left', source: Uint8Array.of(9) };
    return clips.make(order, signal, () => {});
  };
  return { make, tasks, looks: () => looks };
}

describe('a clip is', () => {
  it('an MP4 where it is preferred and can be encoded, and that is found out once', async () => {
    const { make, tasks, looks } = maker(ffmpeg);
    for (let time = 0; time < 2; time += 1) {
      expect(await make(['video/mp4', 'image/webp'])).toMatchObject({ mediaType: 'video/mp4' });
    }
    expect(tasks[0]).toMatchObject({ encoding: 'frames', frames: 10, framesPerSecond: 5 });
    expect(looks()).toBe(1);
  });

  it.each([
    ['there is no encoder', undefined, 160],
    ['a side is odd, which H.264 cannot be', ffmpeg, 161],
  ])('an animation where %s', async (_, found, width) => {
    const { make, tasks } = maker(found);
    expect(await make(['video/mp4', 'image/webp'], width)).toMatchObject({
      mediaType: 'image/webp',
    });
    expect(tasks[0]).toMatchObject({ encoding: 'webp' });
  });

  it('an animation where that is preferred', async () => {
    const made = await maker(ffmpeg).make(['image/webp', 'video/mp4']);
    expect(made.mediaType).toBe('image/webp');
  });

  it('refused where it cannot be what was asked for', async () => {
    await expect(maker(undefined).make(['video/mp4'])).rejects.toMatchObject({
      failureClass: 'model',
    });
  });
});
