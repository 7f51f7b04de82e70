import { chmod, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { canPassThrough, canUse, nobodyIn } from './server-user.js';

const stranger = { uid: 4_000_000, gid: 4_000_000 };

describe('nobody', () => {
  test.each([
    ['root:x:0:0::/root:/bin/sh\nnobody:x:65534:65534:nobody:/:/bin/false\n', 65534, 65534],
    ['nobody:x:99:98:Nobody:/:/sbin/nologin\n', 99, 98],
    ['nobody:*:-2:-2:Unprivileged User:/var/empty:/usr/bin/false\n', 4294967294, 4294967294],
    ['', 65534, 65534],
  ])('in %j is %i:%i', (passwd, uid, gid) => {
    expect(nobodyIn(passwd)).toEqual({ uid, gid });
  });
});

describe('what another user reaches', () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'server-user-'));
    await mkdir(join(folder, 'inner'));
    await chmod(join(folder, 'inner'), 0o755);
    await writeFile(join(folder, 'inner', 'program'), '');
    await chmod(join(folder, 'inner', 'program'), 0o755);
  });
  afterEach(() => rm(folder, { recursive: true }));

  test.each([
    { outer: 0o700, use: false, pass: false },
    { outer: 0o711, use: true, pass: true },
    { outer: 0o744, use: false, pass: false },
    { outer: 0o755, use: true, pass: true },
  ])('below a folder of mode $outer', async ({ outer, use, pass }) => {
    await chmod(folder, outer);
    expect(await canUse(stranger, join(folder, 'inner', 'program'))).toBe(use);
    expect(await canPassThrough(stranger, join(folder, 'inner'))).toBe(pass);
    expect(await canUse(undefined, join(folder, 'inner', 'program'))).toBe(true);
  });

  test('a program it may pass to but not run is not usable', async () => {
    await chmod(folder, 0o711);
    await chmod(join(folder, 'inner', 'program'), 0o744);
    expect(await canUse(stranger, join(folder, 'inner', 'program'))).toBe(false);
  });
});
