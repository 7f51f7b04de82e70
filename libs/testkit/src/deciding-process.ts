import { type Clock, DeciderRunner, tokenAccountStream } from '@imprest/application';
import type { TokenAccountCommand } from '@imprest/domain';
import { exampleIds, priceOf } from './builders/index.js';
import { fixedClock } from './fixed-clock.js';
import { InMemoryEventLog } from './in-memory-event-store.js';
import { InMemorySnapshotStore } from './in-memory-snapshot-store.js';
import { byTest } from './orchestration/index.js';
import { WatchedEventStore } from './watched-event-store.js';

/** What one process decides with. Two over one log and the same snapshots stand for two processes. */
export interface DecidingProcess {
  readonly log: InMemoryEventLog;
  readonly store: WatchedEventStore;
  readonly snapshots: InMemorySnapshotStore;
  readonly clock: Clock;
  readonly runner: DeciderRunner;
}

export function decidingProcess(
  shared: Partial<Pick<DecidingProcess, 'log' | 'snapshots' | 'clock'>> & {
    capacity?: number;
  } = {},
): DecidingProcess {
  const { log = new InMemoryEventLog(), snapshots = new InMemorySnapshotStore() } = shared;
  const { clock = fixedClock(), capacity } = shared;
  const store = new WatchedEventStore(log, clock);
  const runner = new DeciderRunner({ store, snapshots, clock }, capacity);
  return { log, store, snapshots, clock, runner };
}

/** An open account with this much in one lot that never expires. */
export async function openAccount(
  runner: DeciderRunner,
  tokens: bigint,
  tenantId: string = exampleIds.tenantId,
): Promise<void> {
  const run = (command: TokenAccountCommand) =>
    runner.run(tokenAccountStream, tenantId, command, byTest);
  await run({ type: 'OpenAccount', tenantId });
  if (tokens > 0n) await run(grantTokens('lot_1', tokens));
}

export function grantTokens(lotId: string, tokens: bigint): TokenAccountCommand {
  const now = '2026-01-15T09:00:00.000Z';
  return { type: 'GrantTokens', lotId, tokens, reason: 'welcome', expiresAt: null, now };
}

export function holdTokens(generationId: string, tokens = 10n): TokenAccountCommand {
  const now = '2026-01-15T09:00:00.000Z';
  return { type: 'HoldTokens', generationId, price: priceOf(tokens), now };
}
