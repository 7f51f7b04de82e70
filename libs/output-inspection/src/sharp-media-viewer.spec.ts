import sharp from 'sharp';
import { describe, expect, test } from 'vitest';
import { SharpMediaViewer } from './sharp-media-viewer.js';

const viewer = new SharpMediaViewer();
const red = { r: 220, g: 40, b: 40 };

/** Red, with a fine white line down the middle. */
const lined = () =>
  sharp({ create: { width: 2_048, height: 1_024, channels: 3, background: red } })
    .composite([
      {
        input: { create: { width: 8, height: 1_024, channels: 3, background: 'white' } },
        left: 1_020,
        top: 0,
      },
    ])
    .png()
    .toBuffer();

describe('what a moderator is shown', () => {
  test('is small, grey and blurred at first', async () => {
    const shown = await viewer.blurred(await lined(), 'image/png');

    expect(shown).toMatchObject({ mediaType: 'image/webp', width: 160, height: 80 });
    const { channels } = await sharp(shown?.bytes).stats();
    const [r, g, b] = channels;
    expect(Math.abs((r?.mean ?? 0) - (g?.mean ?? 255))).toBeLessThan(2);
    expect(Math.abs((r?.mean ?? 0) - (b?.mean ?? 255))).toBeLessThan(2);
    expect((r?.max ?? 255) - (r?.min ?? 0)).toBeLessThan(40);
  });

  test('is itself when it is to be seen as it is, made anew and within bounds', async () => {
    const shown = await viewer.clear(await lined(), 'image/png');

    expect(shown).toMatchObject({ mediaType: 'image/webp', width: 1_024, height: 512 });
    const { channels } = await sharp(shown?.bytes).stats();
    expect((channels[0]?.mean ?? 0) - (channels[1]?.mean ?? 255)).toBeGreaterThan(100);
  });

  test('is nothing of a clip that cannot be decoded here', async () => {
    expect(await viewer.blurred(Buffer.from('clip'), 'video/mp4')).toBeUndefined();
    expect(await viewer.clear(Buffer.from('clip'), 'video/mp4')).toBeUndefined();
  });
});
