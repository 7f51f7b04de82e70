import { randomBytes } from 'node:crypto';
import { open, readFile, rename } from 'node:fs/promises';
import { dirname } from 'node:path';
import { syncFolder } from './data-directory.js';

/** Letters and digits only: it stands unescaped in connection strings and in SQL. */
const PASSWORD = /^[0-9a-f]{64}$/;

/** The stored password, undefined when there is none or the file was damaged. */
export async function readPassword(file: string): Promise<string | undefined> {
  const text = await readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return '';
    throw error;
  });
  return PASSWORD.test(text) ? text : undefined;
}

export function newPassword(): string {
  return randomBytes(32).toString('hex');
}

/** Durable when resolved, readable by the user of this process only. */
export async function storePassword(file: string, password: string): Promise<void> {
  const unfinished = `${file}.new`;
  const handle = await open(unfinished, 'w', 0o600);
  try {
    await handle.writeFile(password);
    await handle.sync();
  } finally {
    await handle.close();
  }
  await rename(unfinished, file);
  await syncFolder(dirname(file));
}
