import {
  type CommandContext,
  DomainFailure,
  type EventStore,
  type LedgerSeals,
  type Pace,
  unpaced,
} from '@imprest/application';
import {
  domainError,
  LEDGER_SEAL_ID,
  type LedgerSealed,
  ledgerSeal,
  type SealReference,
} from '@imprest/domain';
import { streamName, toDomainEvent } from '@imprest/event-catalogue';
import type { SealKey } from '@imprest/ledger-seal';
import { readSealLine, SealingRefused, type SealingServices, sealLedger } from './seal-ledger.js';

const SEALING: CommandContext = {
  correlationId: 'ledger-sealing',
  causationId: 'ledger-sealing',
  actor: { kind: 'system', id: 'ledger-sealing' },
};

export interface LedgerSealingOptions extends SealingServices {
  readonly eventStore: Pick<EventStore, 'readAll' | 'readStream' | 'head'>;
  /** Looked up for each seal, since it may have been rotated; undefined where this process has none. */
  key(): SealKey | undefined;
  readonly pace?: Pace;
}

/** Sealing as the services do it, without anybody asking for a particular seal. */
export class LedgerSealing implements LedgerSeals {
  constructor(private readonly options: LedgerSealingOptions) {}

  /** Whether this process can seal at all. */
  get hasKey(): boolean {
    return this.options.key() !== undefined;
  }

  /**
   * Seals a day that is over, as soon as no event can be known in it any more. Undefined when that is done
   * already, or there is nothing to seal.
   * @throws LedgerNotIntact, JournalBehind, SealingRefused
   */
  async sealDay(): Promise<LedgerSealed['data'] | undefined> {
    const { runner, clock } = this.options;
    const key = this.options.key();
    if (key === undefined) return undefined;
    const now = clock.now();
    const today = startOfDay(now);
    if (now.getTime() - today.getTime() < SETTLED_MS) return undefined;
    const { knownBefore } = await readSealLine(runner);
    if (knownBefore !== null && knownBefore >= today.toISOString()) return undefined;
    const { pace = unpaced } = this.options;
    return sealLedger(this.options, { key, context: SEALING, knownBefore: today, pace });
  }

  /**
   * Null where the key of the seals is not at hand.
   * @throws LedgerNotIntact; DomainFailure unavailable while another process seals; Error when the journal
   * has not come to the position yet
   */
  async covering(position: bigint): Promise<SealReference | null> {
    const known = await this.findCovering(position);
    if (known !== undefined) return known;
    const key = this.options.key();
    const { keyId } = await readSealLine(this.options.runner);
    if (key === undefined || (keyId !== null && keyId !== key.keyId)) return null;
    await this.seal(key);
    const sealed = await this.findCovering(position);
    if (sealed === undefined) throw new Error(`no seal covers position ${position} yet`);
    return sealed;
  }

  private async seal(key: SealKey): Promise<void> {
    try {
      await sealLedger(this.options, { key, context: SEALING, pace: this.options.pace });
    } catch (error) {
      if (!(error instanceof SealingRefused)) throw error;
      throw new DomainFailure(domainError('unavailable', `${error.message}; try again`));
    }
  }

  private async findCovering(position: bigint): Promise<SealReference | undefined> {
    const stream = streamName(ledgerSeal.category, LEDGER_SEAL_ID);
    for await (const page of this.options.eventStore.readStream(stream)) {
      for (const event of page) {
        if (event.type !== 'LedgerSealed') continue;
        const { number, upTo, digest } = (toDomainEvent(event) as LedgerSealed).data;
        if (BigInt(upTo) >= position) return { number, upTo, digest };
      }
    }
    return undefined;
  }
}

/** Longer than any append that read the store's clock before midnight can take to be seen. */
const SETTLED_MS = 120_000;

function startOfDay(now: Date): Date {
  return new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth(), now.getUTCDate()));
}
