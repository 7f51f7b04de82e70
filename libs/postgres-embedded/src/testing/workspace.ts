import { chmod, chown, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export const runningAsRoot = process.getuid?.() === 0;

/** An ordinary user root can become for a test. */
export const ORDINARY_UID = 65534;

/** A temporary folder everybody may pass through, given to the user if there is one. */
export async function createWorkspace(uid?: number): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'imprest-launcher-test-'));
  await chmod(folder, 0o711);
  if (uid !== undefined) await chown(folder, uid, uid);
  return folder;
}

export async function removeWorkspace(folder: string): Promise<void> {
  await rm(folder, { recursive: true, force: true, maxRetries: 10 });
}
