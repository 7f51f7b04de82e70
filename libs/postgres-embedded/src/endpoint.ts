import { readlink, rm, symlink } from 'node:fs/promises';
import { DATABASE, SUPERUSER } from './cluster.js';
import type { DataDirectory } from './data-directory.js';
import { freeLoopbackPort } from './postmaster-windows.js';
import type { ServerUser } from './server-user.js';
import type { Settings } from './settings.js';
import { createSocketDirectory, removeSocketDirectory, SOCKET_PORT } from './socket-directory.js';

/** Where the server listens: a socket nobody else can reach, or on Windows a loopback port. */
export interface Endpoint {
  readonly settings: Settings;
  connectionString(password: string): string;
  remove(): Promise<void>;
}

export async function createEndpoint(
  directory: DataDirectory,
  user: ServerUser | undefined,
): Promise<Endpoint> {
  return process.platform === 'win32'
    ? loopbackEndpoint()
    : socketEndpoint(directory.socketLink, user);
}

async function socketEndpoint(link: string, user: ServerUser | undefined): Promise<Endpoint> {
  await removeLinkedSocket(link);
  const folder = await createSocketDirectory(user);
  await symlink(folder, link);
  return {
    settings: {
      listen_addresses: '',
      unix_socket_directories: folder,
      port: String(SOCKET_PORT),
    },
    connectionString: (password) => socketConnectionString(folder, password),
    remove: () => removeLinkedSocket(link),
  };
}

/**
 * The host of a URL cannot be a path. The query's `host` wins over it in node-postgres and libpq, and
 * a complete URL is what everything else that handles connection strings expects.
 */
export function socketConnectionString(folder: string, password: string): string {
  return `${url(password, SOCKET_PORT)}?host=${encodeURIComponent(folder)}&sslmode=disable`;
}

/** Also of an owner that was killed: the link is how it is found again. */
async function removeLinkedSocket(link: string): Promise<void> {
  const folder = await readlink(link).catch(() => undefined);
  if (folder !== undefined) await removeSocketDirectory(folder);
  await rm(link, { force: true });
}

async function loopbackEndpoint(): Promise<Endpoint> {
  const port = await freeLoopbackPort();
  return {
    settings: {
      listen_addresses: '127.0.0.1',
      unix_socket_directories: '',
      port: String(port),
    },
    connectionString: (password) =>
      `${url(password, port).replace('localhost', '127.0.0.1')}?sslmode=disable`,
    remove: async () => {},
  };
}

function url(password: string, port: number): string {
  return `postgres://${SUPERUSER}:${password}@localhost:${port}/${DATABASE}`;
}
