import { readlink } from 'node:fs/promises';
import { join } from 'node:path';
import { socketConnectionString } from './endpoint.js';
import { readPassword } from './password.js';

/**
 * Connection string of the server that another process runs on this data directory. Undefined when
 * none does, or when it cannot be reached by a socket (Windows).
 */
export async function runningServerConnection(dataDirectory: string): Promise<string | undefined> {
  const folder = await readlink(join(dataDirectory, 'socket')).catch(() => undefined);
  const password = await readPassword(join(dataDirectory, 'password'));
  if (folder === undefined || password === undefined) return undefined;
  return socketConnectionString(folder, password);
}
