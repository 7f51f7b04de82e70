import { chmod, chown, lchown, mkdir, readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
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
const ordinaryUid = runningAsRoot ? ORDINARY_UID : process.getuid?.();

let workspace: string;
let running: RunningProgram | undefined;

const startIn = async (program: string, data: string, uid?: number) => {
  running = runProgram(program, data, { uid });
  return running.started();
};

afterEach(async () => {
  await running?.stop();
  await removeWorkspace(workspace);
});

describe('as an ordinary user', () => {
  beforeEach(async () => {
    workspace = await createWorkspace(runningAsRoot ? ORDINARY_UID : undefined);
  });

  test.each([{ withoutLibraryLinks: false }, { withoutLibraryLinks: true }])(
    'the server runs as that user, installed with %o',
    async (options) => {
      await installProgram(workspace, options);
      const data = join(workspace, 'data');

      const server = await startIn(workspace, data, runningAsRoot ? ORDINARY_UID : undefined);

      expect(await query(server.connectionString, 'select 1 as one')).toEqual([{ one: 1 }]);
      expect((await stat(`/proc/${server.processId}`)).uid).toBe(ordinaryUid);
      expect((await stat(data)).mode & 0o777).toBe(0o700);
    },
  );
});

// Only root can show what root does; an ordinary user's run has the cases above.
describe.runIf(runningAsRoot)('as root', () => {
  beforeEach(async () => {
    workspace = await createWorkspace();
  });

  test('the server runs as nobody and the host gets no new user', async () => {
    await installProgram(workspace);

    const server = await startIn(workspace, join(workspace, 'data'));

    expect((await stat(`/proc/${server.processId}`)).uid).toBe(ORDINARY_UID);
    expect(await commandLine(server.processId)).toContain(join(workspace, 'node_modules'));
  });

  test('a program in a private folder runs from a copy beside the data, made once', async () => {
    const program = join(workspace, 'private');
    await mkdir(program, { mode: 0o700 });
    await installProgram(program, { withoutLibraryLinks: true });
    const data = join(workspace, 'data');

    const server = await startIn(program, data);

    expect(await query(server.connectionString, 'select 1 as one')).toEqual([{ one: 1 }]);
    const [copy] = (await readdir(data)).filter((entry) => entry.startsWith('native-'));
    expect(await commandLine(server.processId)).toContain(
      join(data, copy as string, 'bin', 'postgres'),
    );
    const { birthtimeMs } = await stat(join(data, copy as string));
    await running?.stop();
    await startIn(program, data);
    expect((await stat(join(data, copy as string))).birthtimeMs).toBe(birthtimeMs);
  });

  test('data in a private folder stays there, and the folder private', async () => {
    const cacheExisted = await stat(SYSTEM_CACHE).catch(() => undefined);
    const folder = join(workspace, 'private');
    await mkdir(folder, { mode: 0o700 });
    await installProgram(folder, { withoutLibraryLinks: true });
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
    await installProgram(workspace);
    const data = join(workspace, 'data');
    await startIn(workspace, data);
    await running?.stop();
    const cluster = join(data, 'cluster');
    for (const entry of await readdir(cluster, { recursive: true })) {
      await lchown(join(cluster, entry), 0, 0);
    }
    await chown(cluster, 0, 0);
    await chmod(cluster, 0o755);

    const server = await startIn(workspace, data);

    expect(await query(server.connectionString, 'select 1 as one')).toEqual([{ one: 1 }]);
  });

  test('data of an ordinary user keeps its owner, and can be used by that user again', async () => {
    await chown(workspace, ORDINARY_UID, ORDINARY_UID);
    await installProgram(workspace);
    const data = join(workspace, 'data');
    await startIn(workspace, data, ORDINARY_UID);
    await running?.stop();

    await startIn(workspace, data);
    await running?.stop();
    const again = await startIn(workspace, data, ORDINARY_UID);

    expect((await stat(`/proc/${again.processId}`)).uid).toBe(ORDINARY_UID);
  });
});
