import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/** What a running server writes into its cluster: postmaster.pid. */
export interface PostmasterFile {
  readonly processId: number;
  /** For example starting, ready, stopping. */
  readonly status: string;
}

/** Line numbers from 0, see LOCK_FILE_LINE_* in PostgreSQL's miscadmin.h. */
const [PROCESS_ID, STATUS] = [0, 7] as const;

/** Undefined when there is no such file, or not yet a process id in it. */
export async function readPostmasterFile(cluster: string): Promise<PostmasterFile | undefined> {
  const text = await readFile(pathIn(cluster), 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return '';
    throw error;
  });
  return parsePostmasterFile(text);
}

export function parsePostmasterFile(text: string): PostmasterFile | undefined {
  const lines = text.split('\n').map((line) => line.trim());
  const processId = Math.abs(Number.parseInt(lines[PROCESS_ID] ?? '', 10));
  if (!(processId > 0)) return undefined;
  return { processId, status: lines[STATUS] ?? '' };
}

/**
 * Makes the file name this process, which a server takes for no rival because it is its parent.
 * The rest stays: it tells the new server whether backends of the old one are still at work.
 */
export async function disownPostmasterFile(cluster: string): Promise<void> {
  const [, ...rest] = (await readFile(pathIn(cluster), 'utf8')).split('\n');
  await writeFile(pathIn(cluster), [process.pid, ...rest].join('\n'));
}

function pathIn(cluster: string): string {
  return join(cluster, 'postmaster.pid');
}
