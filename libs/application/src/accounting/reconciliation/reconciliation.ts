import { Inject, Injectable } from '@nestjs/common';
import type { AssetStore } from '../../ports/asset-store.js';
import type { Clock } from '../../ports/clock.js';
import { type EventStore, START_OF_STORE } from '../../ports/event-store.js';
import { type PaymentProviders, PaymentProviderUnavailable } from '../../ports/payment-provider.js';
import type { ReconciliationBooks } from '../../ports/reconciliation-books.js';
import {
  ASSET_STORE,
  CLOCK,
  EVENT_STORE,
  PAYMENT_PROVIDERS,
  RECONCILIATION_BOOKS,
} from '../../ports/tokens.js';
import type { FoundThing } from '../audit-findings.js';
import { PaymentReconciliation } from './payment-reconciliation.js';
import { strayAssets } from './stray-assets.js';
import { WorkReconciliation } from './work-reconciliation.js';

export interface ReconcileOptions {
  /** From what happened then on; from the first event on when absent. */
  readonly since?: Date;
  readonly signal?: AbortSignal;
  readonly onFound?: (found: FoundThing) => void;
}

export interface ReconciliationReport {
  readonly generations: number;
  readonly payments: number;
  /** Position of the last event looked at. */
  readonly upTo: bigint;
  readonly findings: readonly FoundThing[];
  /** More were found than are listed. */
  readonly truncated: boolean;
  /** Providers of payments that did not answer: theirs were not compared. */
  readonly unanswered: readonly string[];
}

const MOST_FINDINGS = 1_000;
/** What became known later may still be waiting for its counterpart. */
const PATIENCE_MS = 120_000;
/** Uploads of an attempt under way belong to nobody yet. */
const BLOB_PATIENCE_MS = 86_400_000;

/** Jobs, ledger and assets beside each other, and top-ups beside what payment providers say. */
@Injectable()
export class Reconciliation {
  constructor(
    @Inject(EVENT_STORE) private readonly eventStore: EventStore,
    @Inject(RECONCILIATION_BOOKS) private readonly books: ReconciliationBooks,
    @Inject(ASSET_STORE) private readonly assets: AssetStore,
    @Inject(PAYMENT_PROVIDERS) private readonly providers: PaymentProviders,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  async run({ since, signal, onFound }: ReconcileOptions = {}): Promise<ReconciliationReport> {
    const { eventStore, books, assets } = this;
    const found: FoundThing[] = [];
    let count = 0;
    const take = (thing: FoundThing) => {
      count += 1;
      if (found.length < MOST_FINDINGS) found.push(thing);
      onFound?.(thing);
    };
    const nowMs = this.clock.now().getTime();
    const after = since === undefined ? START_OF_STORE : await books.positionBefore(since);
    const upTo = await eventStore.head();
    const before = new Date(nowMs - PATIENCE_MS);
    const work = new WorkReconciliation({ eventStore, books, assets });
    for await (const each of work.differences({ after, upTo, before, signal })) take(each);
    const blobsBefore = new Date(nowMs - BLOB_PATIENCE_MS);
    for await (const each of strayAssets(assets, books, blobsBefore)) take(each);
    const { payments, unanswered } = await this.payments(since ?? new Date(0), take);
    const truncated = count > found.length;
    return { generations: work.matched, payments, upTo, findings: found, truncated, unanswered };
  }

  /** One provider that does not answer keeps nobody from being told about the others. */
  private async payments(since: Date, take: (found: FoundThing) => void) {
    const unanswered: string[] = [];
    let payments = 0;
    for (const [name, provider] of this.providers) {
      const services = { eventStore: this.eventStore, books: this.books };
      const matching = new PaymentReconciliation({
        ...services,
        providers: new Map([[name, provider]]),
      });
      try {
        for await (const each of matching.differences(since)) take(each);
      } catch (error) {
        if (!(error instanceof PaymentProviderUnavailable)) throw error;
        unanswered.push(name);
      }
      payments += matching.matched;
    }
    return { payments, unanswered };
  }
}
