import { ConfigError } from '@imprest/platform';
import { Command, CommanderError } from 'commander';
import type { Terminal } from './terminal.js';

const USAGE = 2;
const FAILED = 1;

/** The arguments make no sense together, or name what is not there to be named. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

/** Errors come back instead of ending the process, and texts go to the terminal. */
function adopt(command: Command, terminal: Terminal): void {
  command.exitOverride();
  command.configureOutput({
    writeOut: (text) => void terminal.print(text.trimEnd()),
    writeErr: (text) => terminal.say(text.trimEnd()),
  });
  for (const each of command.commands) adopt(each, terminal);
}

/** @returns the exit code: 0 ok, 1 found something wrong, 2 usage, 130 interrupted */
export async function runCli(
  commands: readonly Command[],
  args: readonly string[],
  terminal: Terminal,
): Promise<number> {
  const program = new Command('imprest').description(
    'operations and audit of Imprest; reads the same environment as the services',
  );
  for (const command of commands) program.addCommand(command);
  adopt(program, terminal);
  try {
    await program.parseAsync(args, { from: 'user' });
  } catch (error) {
    terminal.exitCode = codeOf(error, terminal);
  }
  return terminal.exitCode;
}

function codeOf(error: unknown, terminal: Terminal): number {
  if (error instanceof CommanderError) {
    return error.exitCode === 0 ? 0 : USAGE;
  }
  // What was asked to stop often ends with an error about it.
  if (terminal.signal.aborted) return terminal.exitCode;
  terminal.say(`imprest: ${error instanceof Error ? error.message : String(error)}`);
  return error instanceof UsageError || error instanceof ConfigError ? USAGE : FAILED;
}
