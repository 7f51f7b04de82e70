import type { SpawnOptions } from 'node:child_process';
import { access } from 'node:fs/promises';
import { join } from 'node:path';
import type { Installation } from './binaries/installation.js';
import { cannotRunAs, PostgresBinariesUnavailable, PostgresStartFailed } from './errors.js';
import { runTool, type ToolResult } from './run-tool.js';
import type { ServerUser } from './server-user.js';

export type ServerTool = 'initdb' | 'pg_ctl' | 'postgres';

/** The programs of the server and whom they run as. */
export interface ServerTools {
  readonly installation: Installation;
  readonly user: ServerUser | undefined;
}

const INITDB_TIMEOUT_MS = 300_000;

export function toolPath(tools: ServerTools, tool: ServerTool): string {
  return join(tools.installation.bin, process.platform === 'win32' ? `${tool}.exe` : tool);
}

/** No variable of ours is passed on: neither secrets nor PG* ones that would change what the tools do. */
export function toolSpawnOptions(tools: ServerTools): Pick<SpawnOptions, 'env' | 'uid' | 'gid'> {
  const { libraryPath } = tools.installation;
  return {
    // spawn() takes signed ids only: `nobody` is -2 on some systems.
    ...(tools.user !== undefined && { uid: tools.user.uid | 0, gid: tools.user.gid | 0 }),
    env: {
      LC_ALL: 'C',
      TZ: 'UTC',
      ...(libraryPath !== undefined && { LD_LIBRARY_PATH: libraryPath }),
    },
  };
}

/** @throws PostgresBinariesUnavailable, PostgresStartFailed when the tool could not be run at all. */
export async function runServerTool(
  tools: ServerTools,
  tool: ServerTool,
  args: readonly string[],
  { cwd, input }: { cwd: string; input?: string },
): Promise<ToolResult> {
  try {
    return await runTool(toolPath(tools, tool), args, {
      ...toolSpawnOptions(tools),
      cwd,
      input,
      timeoutMs: INITDB_TIMEOUT_MS,
    });
  } catch (error) {
    throw await explainSpawnError(error as NodeJS.ErrnoException, tools, tool);
  }
}

/** What a failed spawn means for the operator. */
export async function explainSpawnError(
  error: NodeJS.ErrnoException,
  tools: ServerTools,
  tool: ServerTool,
): Promise<Error> {
  const program = toolPath(tools, tool);
  const present = await access(program).then(
    () => true,
    () => false,
  );
  if (error.code === 'ENOENT' && present) {
    return new PostgresBinariesUnavailable(
      `${process.platform}-${process.arch}`,
      `${program} needs the GNU C library, which this system does not have (Alpine and other musl systems)`,
    );
  }
  if (tools.user !== undefined && (error.code === 'EPERM' || error.code === 'EINVAL')) {
    return cannotRunAs(tools.user.uid, error.message);
  }
  return new PostgresStartFailed(`${program} could not be run: ${error.message}`);
}
