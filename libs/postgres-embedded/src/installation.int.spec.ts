import { chmod, chown, lchown, mkdir, readdir, readFile, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { commandLine } from './process-identity.js';
import { installProgram, type RunningProgram, runProgram } from './testing/installed-program.js';
import { query } from './testing/query.js';
import {
  createWorkspace,
  ORDINARY_UID,
  removeWorkspace,
  runningAsRoot,
} from './testing/workspace.js';

const SYSTEM_CACHE = '/var/cache/imprest';
const userId = runningAsRoot ? ORDINARY_UID : undefined;

let workspace: string;
let program: string;
let running: RunningProgram | undefined;

const startIn = async (folder: string, data: string, uid?: number) => {
  running = runProgram(folder, data, { uid });
  return running.started();
};

beforeAll(async () => {
  program = await createWorkspace();
  await installProgram(program, 'linked');
});
afterEach(async () => {
  await running?.stop();
  await removeWorkspace(workspace);
});
afterAll(() => removeWorkspace(program));

describe('as an ordinary user', () => {
  beforeEach(async () => {
    workspace = await createWorkspace(userId);
  });

  test('the server runs as that user, in a folder of that user alone', async () => {
    const data = join(workspace, 'data');

    await startIn(program, data, userId);

    expect((await stat(join(data, 'cluster'))).uid).toBe(userId ?? process.getuid?.());
    expect((await stat(data)).mode & 0o777).toBe(0o700);
  });

  test('it starts after an installation that ran no install scripts', async () => {
    await installProgram(workspace, 'copied-without-library-links');

    const server = await startIn(workspace, join(workspace, 'data'), userId);

    expect(await query(server.connectionString, 'select 1 as one')).toEqual([{ one: 1 }]);
  });
});

const asRoot = () => {
  beforeEach(async () => {
    workspace = await createWorkspace();
  });

  test('the server runs as nobody and the host gets no new user', async () => {
    const users = await readFile('/etc/passwd', 'utf8');

    await startIn(program, join(workspace, 'data'));

    expect((await stat(join(workspace, 'data', 'cluster'))).uid).toBe(ORDINARY_UID);
    expect(await readFile('/etc/passwd', 'utf8')).toBe(users);
  });

  test('a program in a private folder runs from a copy beside the data, made once', async () => {
    const folder = join(workspace, 'private');
    await mkdir(folder, { mode: 0o700 });
    await installProgram(folder, 'copied-without-library-links');
    const data = join(workspace, 'data');

    const server = await startIn(folder, data);

    expect(await query(server.connectionString, 'select 1 as one')).toEqual([{ one: 1 }]);
    const [copy] = (await readdir(data)).filter((entry) => entry.startsWith('native-'));
    expect(await commandLine(server.processId)).toContain(
      join(data, copy as string, 'bin', 'postgres'),
    );
    const { birthtimeMs } = await stat(join(data, copy as string));
    await running?.stop();
    await startIn(folder, data);
    expect((await stat(join(data, copy as string))).birthtimeMs).toBe(birthtimeMs);
  });

  test('data in a private folder stays there, and the folder private', async () => {
    const cacheExisted = await stat(SYSTEM_CACHE).catch(() => undefined);
    const folder = join(workspace, 'private');
    await mkdir(folder, { mode: 0o700 });
    await installProgram(folder, 'copied-without-library-links');
    const data = join(folder, '.imprest', 'postgres');

    const first = await startIn(folder, data);
    await query(first.connectionString, 'create table kept as select 7 as id');
    await running?.kill('SIGKILL');
    const second = await startIn(folder, data);

    expect(await query(second.connectionString, 'select id from kept')).toEqual([{ id: 7 }]);
    expect(running?.log()).toMatch(/left behind by an owner that was killed/);
    expect((await stat(folder)).mode & 0o777).toBe(0o700);
    expect(await readdir(join(data, 'cluster'))).toContain('postmaster.pid');
    if (cacheExisted === undefined) await rm(SYSTEM_CACHE, { recursive: true });
  });

  test('a cluster restored with the wrong owner and mode is put right', async () => {
    const data = join(workspace, 'data');
    await startIn(program, data);
    await running?.stop();
    const cluster = join(data, 'cluster');
    for (const entry of await readdir(cluster, { recursive: true })) {
      await lchown(join(cluster, entry), 0, 0);
    }
    await chown(cluster, 0, 0);
    await chmod(cluster, 0o755);

    const server = await startIn(program, data);

    expect(await query(server.connectionString, 'select 1 as one')).toEqual([{ one: 1 }]);
  });

  test('data of an ordinary user keeps its owner, and can be used by that user again', async () => {
    await chown(workspace, ORDINARY_UID, ORDINARY_UID);
    const data = join(workspace, 'data');
    await startIn(program, data, ORDINARY_UID);
    await running?.stop();

    await startIn(program, data);
    await running?.stop();
    const again = await startIn(program, data, ORDINARY_UID);

    expect(await query(again.connectionString, 'select 1 as one')).toEqual([{ one: 1 }]);
  });
};

// Only root can show what root does; an ordinary user's run has the cases above.
if (runningAsRoot) describe('as root', asRoot);
