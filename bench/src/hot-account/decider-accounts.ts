import { DeciderRunner, systemClock, tokenAccountStream } from '@imprest/application';
import type { TokenAccountCommand } from '@imprest/domain';
import { PostgresEventStore } from '@imprest/event-store-postgres';
import { PostgresSnapshotStore } from '@imprest/read-models';

const context = {
  correlationId: 'bench',
  causationId: 'bench',
  actor: { kind: 'system', id: 'bench' },
} as const;

/** The product's accounts: decided in memory, appended in batches. */
export class DeciderAccounts {
  private constructor(private readonly runner: DeciderRunner) {}

  static async connect(connectionString: string): Promise<DeciderAccounts> {
    const store = await PostgresEventStore.connect({ connectionString });
    const snapshots = new PostgresSnapshotStore({ connectionString });
    return new DeciderAccounts(new DeciderRunner({ store, snapshots, clock: systemClock }));
  }

  async open(account: string, tokens: bigint): Promise<void> {
    const now = systemClock.now().toISOString();
    const lot = { lotId: `lot_${account}`, tokens, reason: 'bench', expiresAt: null, now };
    await this.run(account, { type: 'OpenAccount', tenantId: account });
    await this.run(account, { type: 'GrantTokens', ...lot });
  }

  /** False when the balance does not suffice. */
  hold(account: string, generationId: string, tokens: bigint): Promise<boolean> {
    const price = {
      priceBookVersion: 'bench',
      model: 'xSD4.5',
      sizeClass: '2K',
      images: 1,
      perImage: tokens,
      total: tokens,
    } as const;
    const now = systemClock.now().toISOString();
    return this.run(account, { type: 'HoldTokens', generationId, price, now });
  }

  private async run(account: string, command: TokenAccountCommand): Promise<boolean> {
    const result = await this.runner.run(tokenAccountStream, account, command, context);
    if (result.kind === 'rejected' && result.error.code !== 'insufficient_balance') {
      throw new Error(result.error.message);
    }
    return result.kind === 'accepted';
  }
}
