import { parseArgs } from 'node:util';

export interface Options {
  readonly json: boolean;
  /** Names of experiments to run; all when empty. */
  readonly only: readonly string[];
  readonly rounds: number;
  readonly quick: boolean;
  /** Sleep after each fdatasync of the slow-disk server; 0 leaves its rows out. */
  readonly slowDiskMs: number;
  readonly pin: boolean;
  /** Folder for CPU profiles of the product's process; none when absent. */
  readonly profile: string | undefined;
  readonly warmUpMs: number;
  readonly measureMs: number;
}

export const USAGE = `npm run bench -- [options]
  --only <name>      run this experiment only; may be given several times
  --rounds <n>       rounds, each with every variant (5; with --quick 2)
  --quick            shorter windows: shows that it works and the order of size
  --slow-disk <ms>   sleep after fdatasync in the slow-disk rows (1; 0 leaves them out)
  --no-pin           leave the placement of processes to the system
  --profile <dir>    write CPU profiles of the product's process into this folder
  --json             print one JSON document to standard output, progress to standard error
  --list             print the names of the experiments`;

function positive(name: string, text: string, least: number): number {
  const value = Number(text);
  if (Number.isFinite(value) && value >= least) return value;
  throw new Error(`--${name} must be a number of at least ${least}`);
}

/** @throws Error for an option that is unknown or has no sense */
export function parseOptions(args: readonly string[]): Options & { list: boolean; help: boolean } {
  const { values } = parseArgs({
    args: [...args],
    allowNegative: true,
    options: {
      json: { type: 'boolean', default: false },
      only: { type: 'string', multiple: true, default: [] },
      rounds: { type: 'string' },
      quick: { type: 'boolean', default: false },
      'slow-disk': { type: 'string', default: '1' },
      pin: { type: 'boolean', default: true },
      profile: { type: 'string' },
      list: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  });
  const { quick } = values;
  return {
    json: values.json,
    only: values.only,
    rounds: Math.trunc(positive('rounds', values.rounds ?? (quick ? '2' : '5'), 1)),
    quick,
    slowDiskMs: positive('slow-disk', values['slow-disk'], 0),
    pin: values.pin,
    profile: values.profile,
    warmUpMs: quick ? 500 : 1_000,
    measureMs: quick ? 1_000 : 3_000,
    list: values.list,
    help: values.help,
  };
}
