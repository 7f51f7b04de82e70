import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const START_TIMEOUT_MS = 10_000;

/** A Redis that writes each change to disk before it answers, as PostgreSQL does. */
export interface RedisServer {
  readonly port: number;
  stop(): Promise<void>;
}

/** @returns why there is none, where no `redis-server` is installed */
export async function startRedis(): Promise<RedisServer | string> {
  const folder = await mkdtemp(join(tmpdir(), 'imprest-bench-redis-'));
  const port = await freePort();
  const settings = [
    ...['--port', String(port), '--bind', '127.0.0.1', '--dir', folder, '--save', ''],
    ...['--appendonly', 'yes', '--appendfsync', 'always'],
  ];
  const server = spawn('redis-server', settings, { stdio: ['ignore', 'pipe', 'ignore'] });
  const stop = async () => {
    if (server.pid !== undefined && server.exitCode === null) {
      server.kill('SIGTERM');
      await once(server, 'exit');
    }
    await rm(folder, { recursive: true, force: true });
  };
  const problem = await untilReady(server);
  if (problem === undefined) return { port, stop };
  await stop();
  return problem;
}

function untilReady(server: ChildProcess): Promise<string | undefined> {
  return new Promise((resolve) => {
    const late = setTimeout(() => resolve('redis-server did not start'), START_TIMEOUT_MS);
    const answer = (problem?: string) => {
      clearTimeout(late);
      resolve(problem);
    };
    server.once('error', () => answer('redis-server is not installed'));
    server.once('exit', () => answer('redis-server has ended'));
    server.stdout?.on('data', (text: Buffer) => {
      if (text.includes('Ready to accept connections')) answer();
    });
  });
}

async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const address = probe.address();
  probe.close();
  await once(probe, 'close');
  if (address === null || typeof address === 'string') throw new Error('there is no free port');
  return address.port;
}
