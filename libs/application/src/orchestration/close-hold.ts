import type { CommandContext } from '../command-context.js';
import type { DeciderRunner } from '../deciding/decider-runner.js';
import { tokenAccountStream } from '../deciding/stream-types.js';
import { type GenerationEnd, holdCommand } from './outcome-commands.js';

/**
 * Settles or releases the hold of a generation that has ended. Safe to repeat: a hold is closed once,
 * and where there is none, nothing happens.
 * @throws Error when the account refuses, which no history can lead to
 */
export async function closeHold(
  runner: DeciderRunner,
  tenantId: string,
  generationId: string,
  end: GenerationEnd,
  context: CommandContext,
): Promise<void> {
  const command = holdCommand(generationId, end);
  const result = await runner.run(tokenAccountStream, tenantId, command, context);
  if (result.kind === 'rejected') {
    throw new Error(`the hold of ${generationId} cannot be closed: ${result.error.message}`);
  }
}
