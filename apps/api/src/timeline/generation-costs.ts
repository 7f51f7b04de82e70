import { EVENT_STORE, type EventStore, type GenerationView } from '@imprest/application';
import { streamName } from '@imprest/event-catalogue';
import { LedgerQueries } from '@imprest/read-models';
import { Inject, Injectable } from '@nestjs/common';
import { type Attempt, attemptsOf } from './attempts.js';
import { type LotCost, lotCosts } from './lot-costs.js';

const MOST_ENTRIES = 50;

/** Tokens of one generation and what was done for them. `charged + returned` is what was held, once it has ended. */
export interface GenerationCost {
  readonly id: string;
  readonly status: GenerationView['status'];
  readonly price: GenerationView['price'];
  readonly held: string;
  readonly charged: string;
  readonly returned: string;
  /** Given back later, out of what had been charged. */
  readonly refunded: string;
  readonly lots: readonly LotCost[];
  readonly attempts: readonly Attempt[];
  /** Of all attempts together, as far as they were measured. */
  readonly gpuMs: number;
}

const sum = (amounts: readonly bigint[]) => amounts.reduce((all, each) => all + each, 0n);

@Injectable()
export class GenerationCosts {
  constructor(
    @Inject(EVENT_STORE) private readonly store: EventStore,
    private readonly ledger: LedgerQueries,
  ) {}

  /** The lots are the journal's, which follows within moments; all else is never behind. */
  async of({
    id,
    tenantId,
    status,
    price,
    charged,
    refunded,
  }: GenerationView): Promise<GenerationCost> {
    const about = { tenantId, generationId: id, limit: MOST_ENTRIES };
    const { items } = await this.ledger.entries(about);
    const lots = lotCosts(items);
    const attempts = await attemptsOf(this.store.readStream(streamName('job', id)));
    return {
      ...{ id, status, price, held: price.total, charged, returned: refunded },
      refunded: sum(lots.map((lot) => BigInt(lot.refunded))).toString(),
      lots,
      attempts,
      gpuMs: attempts.reduce((all, { gpuMs }) => all + (gpuMs ?? 0), 0),
    };
  }
}
