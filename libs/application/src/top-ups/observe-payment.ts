import type { PaymentObservation } from '@imprest/domain';
import type { CommandContext } from '../command-context.js';
import type { DeciderRunner } from '../deciding/decider-runner.js';
import { topUpStream } from '../deciding/stream-types.js';

/** `foreign`: it is about no top-up of ours, or contradicts the one it names; `reason` says how. */
export type ObservedResult =
  | { readonly kind: 'observed'; readonly isNew: boolean }
  | { readonly kind: 'foreign'; readonly reason: string };

/** Tells a top-up what its provider says now. Safe to repeat and in any order. */
export async function observePayment(
  runner: DeciderRunner,
  topUpId: string,
  observation: PaymentObservation,
  context: CommandContext,
): Promise<ObservedResult> {
  const command = { type: 'ObservePayment', observation } as const;
  const result = await runner.run(topUpStream, topUpId, command, context);
  if (result.kind === 'rejected') return { kind: 'foreign', reason: result.error.message };
  return { kind: 'observed', isNew: result.kind === 'accepted' && result.events.length > 0 };
}
