import type { Tokens } from '@imprest/domain';
import type { CommandContext } from '../command-context.js';
import type { DeciderRunner } from '../deciding/decider-runner.js';
import { tokenAccountStream } from '../deciding/stream-types.js';

/** How a generation ended, as far as money is concerned. */
export type GenerationEnd =
  | { readonly kind: 'charged'; readonly charged: Tokens }
  | { readonly kind: 'free'; readonly reason: string };

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
  const command =
    end.kind === 'charged'
      ? ({ type: 'SettleHold', generationId, capture: end.charged } as const)
      : ({ type: 'ReleaseHold', generationId, reason: end.reason } as const);
  const result = await runner.run(tokenAccountStream, tenantId, command, context);
  if (result.kind === 'rejected') {
    throw new Error(`the hold of ${generationId} cannot be closed: ${result.error.message}`);
  }
}
