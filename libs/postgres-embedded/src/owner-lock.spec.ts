import { spawnSync } from 'node:child_process';
import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { DataDirectoryInUse } from './errors.js';
import { acquireOwnerLock } from './owner-lock.js';
import { processStart } from './process-identity.js';

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'owner-lock-'));
});
afterEach(() => rm(folder, { recursive: true }));

const ownedBy = async (owner: unknown, name = 'owner.json') => {
  await mkdir(join(folder, 'owner.lock'), { recursive: true });
  await writeFile(join(folder, 'owner.lock', name), JSON.stringify(owner));
};
const deadProcess = () => spawnSync(process.execPath, ['--version']).pid;

test('given a held lock, it is refused until it is released', async () => {
  const lock = await acquireOwnerLock(folder);
  await expect(acquireOwnerLock(folder)).rejects.toThrow(DataDirectoryInUse);
  await lock.release();
  expect(await readdir(folder)).toEqual([]);
  await (await acquireOwnerLock(folder)).release();
});

test('given a dead owner and many contenders, exactly one takes over', async () => {
  for (let round = 0; round < 20; round += 1) {
    await ownedBy({ processId: deadProcess(), started: 'boot/1' });

    const attempts = await Promise.allSettled(
      Array.from({ length: 12 }, () => acquireOwnerLock(folder)),
    );

    const won = attempts.filter((attempt) => attempt.status === 'fulfilled');
    const lost = attempts.filter((attempt) => attempt.status === 'rejected');
    expect(won).toHaveLength(1);
    for (const { reason } of lost) expect(reason).toBeInstanceOf(DataDirectoryInUse);
    await won[0]?.value.release();
  }
});

test('given a live owner, the error names directory and process', async () => {
  await ownedBy({ processId: process.ppid, started: await processStart(process.ppid) });
  const refused = acquireOwnerLock(folder);
  await expect(refused).rejects.toThrow(folder);
  await expect(refused).rejects.toThrow(`process ${process.ppid}`);
});

test('given an owner whose process id was taken over by another process, it counts as dead', async () => {
  await ownedBy({ processId: process.ppid, started: 'another-boot/12345' });
  await (await acquireOwnerLock(folder)).release();
});

test('given an owner file cut short by a power failure, it counts as dead', async () => {
  await mkdir(join(folder, 'owner.lock'));
  await writeFile(join(folder, 'owner.lock', 'owner.json'), '');
  await (await acquireOwnerLock(folder)).release();
});

test('what a process killed while taking the lock left behind is removed', async () => {
  await mkdir(join(folder, `.owner.lock-${deadProcess()}-0b9f.json`));
  await (await acquireOwnerLock(folder)).release();
  expect(await readdir(folder)).toEqual([]);
});
