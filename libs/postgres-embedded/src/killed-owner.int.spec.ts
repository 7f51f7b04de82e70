import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { access, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { processStart } from './process-identity.js';
import { installProgram, type RunningProgram, runProgram } from './testing/installed-program.js';
import { query } from './testing/query.js';
import {
  createWorkspace,
  ORDINARY_UID,
  removeWorkspace,
  runningAsRoot,
} from './testing/workspace.js';

let workspace: string;
let program: string;
let programs: RunningProgram[] = [];

const run = (dataDirectory: string, ownProcessGroup = false) => {
  const running = runProgram(program, dataDirectory, { ownProcessGroup });
  programs.push(running);
  return running;
};
const until = async (condition: () => Promise<boolean>, timeoutMs = 10_000) => {
  const deadline = performance.now() + timeoutMs;
  while (!(await condition())) {
    if (performance.now() > deadline) throw new Error('waited in vain');
    await delay(2);
  }
};
const isGone = async (processId: number) => (await processStart(processId)) === undefined;
const socketDirectory = (connectionString: string) =>
  new URL(connectionString).searchParams.get('host') as string;
const exists = (path: string) =>
  access(path).then(
    () => true,
    () => false,
  );

beforeAll(async () => {
  workspace = await createWorkspace();
  program = workspace;
  await installProgram(program, 'linked');
});
afterEach(async () => {
  await Promise.all(programs.map((running) => running.stop()));
  programs = [];
});
afterAll(() => removeWorkspace(workspace));

test('given an owner killed with SIGKILL, the next one stops the orphan and finds all data', async () => {
  const data = join(workspace, 'orphan');
  const owner = run(data);
  const orphan = await owner.started();
  await query(orphan.connectionString, 'create table kept as select 7 as id');
  await owner.kill('SIGKILL');
  expect(await isGone(orphan.processId)).toBe(false);

  const next = run(data);

  const server = await next.started();
  expect(await isGone(orphan.processId)).toBe(true);
  expect(server.processId).not.toBe(orphan.processId);
  expect(await query(server.connectionString, 'select id from kept')).toEqual([{ id: 7 }]);
  expect(next.log()).toMatch(/left behind by an owner that was killed/);
  expect(next.log()).not.toMatch(/automatic recovery/);
  expect(await exists(socketDirectory(orphan.connectionString))).toBe(false);
});

test('given owner and server killed together, a stale postmaster.pid stops nobody else', async () => {
  const data = join(workspace, 'stale');
  const owner = run(data);
  const { connectionString, processId } = await owner.started();
  await query(connectionString, 'create table kept as select 7 as id');
  await owner.kill('SIGKILL');
  process.kill(processId, 'SIGKILL');
  await until(() => isGone(processId));
  // The id of the dead server now belongs to another program of the same user.
  const uid = runningAsRoot ? { uid: ORDINARY_UID } : {};
  const bystander = spawn('sleep', ['60'], { ...uid, stdio: 'ignore' });
  const file = join(data, 'cluster', 'postmaster.pid');
  const lines = (await readFile(file, 'utf8')).split('\n');
  await writeFile(file, [bystander.pid, ...lines.slice(1)].join('\n'));

  const server = await run(data).started();

  expect(await query(server.connectionString, 'select id from kept')).toEqual([{ id: 7 }]);
  expect(bystander.exitCode ?? bystander.signalCode).toBe(null);
  bystander.kill();
  await once(bystander, 'exit');
});

test('given kills in the middle of initdb, the next start makes a whole cluster', async () => {
  const data = join(workspace, 'half');
  for (const progress of ['', 'cluster/PG_VERSION', 'cluster/base/1/PG_VERSION']) {
    const owner = run(data);
    await until(async () => {
      const staging = (await readdir(data).catch(() => [])).filter((e) => e.startsWith('initdb-'));
      return (await Promise.all(staging.map((s) => exists(join(data, s, progress))))).some(Boolean);
    });
    await owner.kill('SIGKILL');
    expect(await exists(join(data, 'cluster'))).toBe(false);
  }

  const server = await run(data).started();

  expect(await query(server.connectionString, 'select 1 as one')).toEqual([{ one: 1 }]);
  const entries = (await readdir(data)).filter((entry) => !entry.startsWith('.'));
  expect(entries.sort()).toEqual(['cluster', 'owner.lock', 'password', 'socket']);
});

test('given several starts at once, exactly one wins and the others name it', async () => {
  const data = join(workspace, 'race');
  const contenders = [run(data), run(data), run(data)];

  const outcomes = await Promise.all(contenders.map((contender) => contender.outcome()));

  const winner = outcomes.findIndex(({ error }) => error === undefined);
  const losers = outcomes.filter((_, index) => index !== winner);
  expect(losers.map(({ error }) => error)).toEqual(['DataDirectoryInUse', 'DataDirectoryInUse']);
  for (const { message } of losers) {
    expect(message).toContain(`process ${contenders[winner]?.processId}`);
  }
});

test('given a Ctrl-C in the terminal, the server stays up until its owner stops it', async () => {
  const owner = run(join(workspace, 'terminal'), true);
  const { connectionString, processId } = await owner.started();

  process.kill(-owner.processId, 'SIGINT');

  expect(await owner.nextMessage()).toEqual({ interrupted: true });
  expect(await query(connectionString, 'select 1 as one')).toEqual([{ one: 1 }]);
  await owner.stop();
  expect(await isGone(processId)).toBe(true);
});

test('given an owner that exits without stopping, its server ends by itself', async () => {
  const owner = run(join(workspace, 'terminal'));
  const { connectionString, processId } = await owner.started();

  await owner.exit();

  await until(() => isGone(processId));
  await run(join(workspace, 'terminal')).started();
  expect(await exists(socketDirectory(connectionString))).toBe(false);
});
