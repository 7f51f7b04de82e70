import { spawnSync } from 'node:child_process';
import { availableParallelism } from 'node:os';

/** Which core a process is bound to: the measured program's, or the one of whoever puts load on it. */
export type Place = 'program' | 'load' | 'anywhere';

const CORE: Readonly<Record<Exclude<Place, 'anywhere'>, string>> = { program: '0', load: '1' };

/** Binds processes to cores with taskset(1), so that load and program do not push each other around. */
export class Pinning {
  readonly state: string;
  private readonly active: boolean;

  constructor(wanted: boolean) {
    const missing = whyNot(wanted);
    this.active = missing === undefined;
    this.state = missing ?? 'measured programs on core 0, load on core 1, PostgreSQL on all';
  }

  /** Program and arguments that start `command` in its place. */
  command(place: Place, command: string, args: readonly string[]): [string, string[]] {
    if (!this.active || place === 'anywhere') return [command, [...args]];
    return ['taskset', ['-c', CORE[place], command, ...args]];
  }
}

function whyNot(wanted: boolean): string | undefined {
  if (!wanted) return 'off (--no-pin)';
  if (availableParallelism() < 2) return 'off (one core only)';
  const probe = spawnSync('taskset', ['-c', '0,1', 'true']);
  return probe.status === 0 ? undefined : 'off (no taskset here)';
}
