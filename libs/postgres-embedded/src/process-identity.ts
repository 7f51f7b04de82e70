import { readFile } from 'node:fs/promises';
import { runTool } from './run-tool.js';

/**
 * When a live process started, as text that two processes sharing an id over time do not share.
 * Undefined when there is no such process, or only its unreaped remains.
 */
export async function processStart(processId: number): Promise<string | undefined> {
  if (process.platform === 'linux') return linuxProcessStart(processId);
  if (!exists(processId)) return undefined;
  // Windows tells the start of a process only through tools that take most of a second.
  if (process.platform === 'win32') return 'unknown';
  const { output } = await runTool('/bin/ps', ['-o', 'lstart=', '-p', String(processId)]);
  return output.trim() || undefined;
}

/** The command line of a live process as far as the system shows it, empty when it does not. */
export async function commandLine(processId: number): Promise<string> {
  if (process.platform === 'linux') {
    return readFile(`/proc/${processId}/cmdline`, 'latin1').catch(() => '');
  }
  const { output } =
    process.platform === 'win32'
      ? await runTool('tasklist', ['/FI', `PID eq ${processId}`, '/FO', 'CSV', '/NH'])
      : await runTool('/bin/ps', ['-ww', '-o', 'command=', '-p', String(processId)]);
  return output;
}

async function linuxProcessStart(processId: number): Promise<string | undefined> {
  const line = await readFile(`/proc/${processId}/stat`, 'latin1').catch(() => undefined);
  if (line === undefined) return undefined;
  // proc(5): the second field is the name in parentheses and may contain anything.
  const fields = line.slice(line.lastIndexOf(')') + 2).split(' ');
  const [state, ticks] = [fields[0], fields[19]];
  if (state === 'Z' || state === 'X') return undefined;
  const boot = await readFile('/proc/sys/kernel/random/boot_id', 'latin1').catch(() => '');
  return `${boot.trim()}/${ticks}`;
}

function exists(processId: number): boolean {
  try {
    process.kill(processId, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
