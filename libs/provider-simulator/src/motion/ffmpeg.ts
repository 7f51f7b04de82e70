import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { ProviderError } from '@imprest/application';

const run = promisify(execFile);
const PROBE_MS = 5_000;
const ENCODE_MS = 60_000;
const MOST_OUTPUT_BYTES = 1024 * 1024;
const MOST_MESSAGE_CHARACTERS = 300;
/** Those that write H.264, which every browser plays. */
const ENCODERS = ['libx264', 'libopenh264'] as const;

export interface RawClip {
  /** 8-bit RGB, one frame after the other. */
  readonly frames: Uint8Array;
  /** Pixels, even. */
  readonly width: number;
  readonly height: number;
  readonly framesPerSecond: number;
}

/** The encoder of this machine, as a program beside the process: it gets frames and gives an MP4. */
export class Ffmpeg {
  private constructor(
    private readonly program: string,
    private readonly encoder: string,
    private readonly encodeMs: number,
  ) {}

  /** Undefined where there is no program of that name, or none that writes H.264. */
  static async find(program = 'ffmpeg', encodeMs = ENCODE_MS): Promise<Ffmpeg | undefined> {
    try {
      const limits = {
        timeout: PROBE_MS,
        killSignal: 'SIGKILL',
        maxBuffer: MOST_OUTPUT_BYTES,
      } as const;
      const { stdout } = await run(program, ['-hide_banner', '-encoders'], limits);
      const encoder = ENCODERS.find((name) => stdout.includes(` ${name} `));
      return encoder && new Ffmpeg(program, encoder, encodeMs);
    } catch {
      return undefined;
    }
  }

  /** @throws ProviderError cancelled, timeout, infrastructure */
  async mp4(clip: RawClip, signal: AbortSignal): Promise<Uint8Array> {
    const folder = await mkdtemp(join(tmpdir(), 'imprest-clip-'));
    const file = join(folder, 'clip.mp4');
    try {
      await this.encode(clip, file, signal);
      return await readFile(file);
    } catch (cause) {
      throw failureOf(cause, signal);
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  }

  private async encode(clip: RawClip, file: string, signal: AbortSignal): Promise<void> {
    const { frames, width, height, framesPerSecond } = clip;
    const input = ['-f', 'rawvideo', '-pix_fmt', 'rgb24', '-s', `${width}x${height}`];
    const output = ['-an', '-c:v', this.encoder, '-pix_fmt', 'yuv420p', '-threads', '1'];
    const encoding = run(
      this.program,
      [
        ...['-hide_banner', '-loglevel', 'error', '-y', ...input],
        ...['-r', String(framesPerSecond), '-i', 'pipe:0', ...output],
        ...['-movflags', '+faststart', '-f', 'mp4', file],
      ],
      {
        timeout: this.encodeMs,
        killSignal: 'SIGKILL',
        maxBuffer: MOST_OUTPUT_BYTES,
        signal,
      },
    );
    // A program that ends early closes its input; how it ended says why.
    encoding.child.stdin?.on('error', () => undefined);
    encoding.child.stdin?.end(frames);
    await encoding;
  }
}

function failureOf(cause: unknown, signal: AbortSignal): ProviderError {
  if (signal.aborted)
    return new ProviderError('cancelled', 'the rendering was cancelled', { cause });
  const { killed, stderr = '' } = cause as { killed?: boolean; stderr?: string };
  if (killed) return new ProviderError('timeout', 'encoding the clip took too long', { cause });
  const said = stderr.trim().slice(0, MOST_MESSAGE_CHARACTERS);
  return new ProviderError('infrastructure', `the clip could not be encoded: ${said}`, { cause });
}
