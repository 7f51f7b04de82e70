import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Ffmpeg } from './ffmpeg.js';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'imprest-ffmpeg-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const clip = { frames: new Uint8Array(16 * 16 * 3 * 2), width: 16, height: 16, framesPerSecond: 2 };
const { signal } = new AbortController();

/** A program that names its encoders like the real one, and else does what the script says. */
async function program(name: string, encoders: string, script: string): Promise<string> {
  const file = join(folder, name);
  const source = `#!${process.execPath}
if (process.argv.includes('-encoders')) console.log('${encoders}');
else { const file = process.argv.at(-1), fs = require('node:fs'); ${script} }`;
  await writeFile(file, source);
  await chmod(file, 0o755);
  return file;
}

const h264 = ' V..... libx264  H.264 ';

describe('an encoder beside the process', () => {
  it('is none where there is no program, or none that writes H.264', async () => {
    expect(await Ffmpeg.find(join(folder, 'missing'))).toBeUndefined();
    expect(await Ffmpeg.find(await program('poor', ' V..... mpeg4 ', ''))).toBeUndefined();
  });

  it('gets all frames and their form, and gives the file', async () => {
    const script = `const all = fs.readFileSync(0); fs.writeFileSync(file, all.length + ' ' + process.argv.join(' '))`;
    const ffmpeg = await Ffmpeg.find(await program('good', h264, script));

    const bytes = Buffer.from((await ffmpeg?.mp4(clip, signal)) ?? []).toString();

    expect(bytes).toMatch(/^1536 /);
    expect(bytes).toContain('-f rawvideo -pix_fmt rgb24 -s 16x16 -r 2 -i pipe:0');
    expect(bytes).toContain('-c:v libx264');
  });

  it('that fails or takes too long is our fault, never the caller’s', async () => {
    const failing = await program('bad', h264, `console.error('no space'); process.exit(1)`);
    await expect((await Ffmpeg.find(failing))?.mp4(clip, signal)).rejects.toMatchObject({
      failureClass: 'infrastructure',
      message: 'the clip could not be encoded: no space',
    });
    const slow = await program('slow', h264, 'setInterval(() => {}, 1000)');
    await expect((await Ffmpeg.find(slow, 300))?.mp4(clip, signal)).rejects.toMatchObject({
      failureClass: 'timeout',
    });
  });

  it('is stopped when the clip is not wanted any more', async () => {
    const ffmpeg = await Ffmpeg.find(await program('idle', h264, 'setInterval(() => {}, 1000)'));
    const abort = new AbortController();
    const encoding = ffmpeg?.mp4(clip, abort.signal);
    setTimeout(() => abort.abort(), 50);

    await expect(encoding).rejects.toMatchObject({ failureClass: 'cancelled' });
  });
});
