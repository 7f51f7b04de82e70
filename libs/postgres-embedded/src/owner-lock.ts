import { randomUUID } from 'node:crypto';
import { mkdir, readdir, readFile, rename, rm, rmdir, unlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { DataDirectoryInUse } from './errors.js';
import { processStart } from './process-identity.js';

export interface OwnerLock {
  release(): Promise<void>;
}

interface Owner {
  readonly processId: number;
  readonly started: string;
}

const LOCK = 'owner.lock';
const PREPARED_LOCK = '.owner.lock-';
const MAX_ATTEMPTS = 20;

/**
 * Makes this process the one owner of the data directory.
 *
 * The lock is a folder holding one uniquely named file with the owner's process id and start time.
 * It is taken by renaming a prepared folder into place, which fails while another non-empty folder is
 * there, and a dead owner's lock is broken by deleting that owner's file by its name, which cannot hit
 * the file of whoever broke the lock first. So of any number of contenders exactly one wins.
 * @throws DataDirectoryInUse when the owner is a live process, this one included.
 */
export async function acquireOwnerLock(dataDirectory: string): Promise<OwnerLock> {
  const lock = join(dataDirectory, LOCK);
  const name = `${process.pid}-${randomUUID()}.json`;
  const prepared = join(dataDirectory, `${PREPARED_LOCK}${name}`);
  const owner: Owner = {
    processId: process.pid,
    started: (await processStart(process.pid)) ?? 'unknown',
  };
  await mkdir(prepared);
  try {
    await writeFile(join(prepared, name), JSON.stringify(owner));
    for (let attempt = 0; attempt < MAX_ATTEMPTS; attempt += 1) {
      if (await moved(prepared, lock)) {
        await removeAbandonedPreparations(dataDirectory);
        return { release: () => removeOwner(lock, name) };
      }
      await removeDeadOwners(dataDirectory, lock);
    }
  } finally {
    await rm(prepared, { recursive: true, force: true });
  }
  throw new Error(`${lock} changes hands too fast to be taken`);
}

async function moved(prepared: string, lock: string): Promise<boolean> {
  try {
    await rename(prepared, lock);
    return true;
  } catch (error) {
    const { code = '' } = error as NodeJS.ErrnoException;
    // EPERM and EACCES: what Windows says of a folder that exists.
    if (['ENOTEMPTY', 'EEXIST', 'EPERM', 'EACCES'].includes(code)) return false;
    throw error;
  }
}

async function removeDeadOwners(dataDirectory: string, lock: string): Promise<void> {
  for (const entry of await readdir(lock).catch(ignoring(['ENOENT'], []))) {
    const owner = await readOwner(join(lock, entry));
    if (owner !== undefined && (await processStart(owner.processId)) === owner.started) {
      throw new DataDirectoryInUse(dataDirectory, owner.processId, lock);
    }
    await removeOwner(lock, entry);
  }
}

/** Undefined for a file cut short by a power failure, which no owner can have survived. */
async function readOwner(file: string): Promise<Owner | undefined> {
  try {
    return JSON.parse(await readFile(file, 'utf8')) as Owner;
  } catch {
    return undefined;
  }
}

async function removeOwner(lock: string, entry: string): Promise<void> {
  await unlink(join(lock, entry)).catch(ignoring(['ENOENT'], undefined));
  await rmdir(lock).catch(ignoring(['ENOENT', 'ENOTEMPTY', 'EEXIST'], undefined));
}

/** Of processes killed while they were taking the lock. */
async function removeAbandonedPreparations(dataDirectory: string): Promise<void> {
  for (const entry of await readdir(dataDirectory)) {
    if (!entry.startsWith(PREPARED_LOCK)) continue;
    const processId = Number.parseInt(entry.slice(PREPARED_LOCK.length), 10);
    if ((await processStart(processId)) !== undefined) continue;
    await rm(join(dataDirectory, entry), { recursive: true, force: true });
  }
}

function ignoring<T>(codes: string[], value: T): (error: NodeJS.ErrnoException) => T {
  return (error) => {
    if (codes.includes(error.code ?? '')) return value;
    throw error;
  };
}
