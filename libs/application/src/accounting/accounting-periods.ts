import {
  ACCOUNTING_PERIOD_ID,
  type AccountingPeriodEvent,
  accountingPeriod,
  type ClosedMonth,
  domainError,
  isMonth,
  type Month,
  outOfTurn,
  type PeriodBounds,
  type PeriodClosed,
  periodBounds,
  validationError,
} from '@imprest/domain';
import { type Actor, streamName, toDomainEvent } from '@imprest/event-catalogue';
import { Inject, Injectable } from '@nestjs/common';
import type { CommandContext } from '../command-context.js';
import { DeciderRunner } from '../deciding/decider-runner.js';
import { accountingPeriodStream } from '../deciding/stream-types.js';
import { DomainFailure } from '../domain-failure.js';
import type { Clock } from '../ports/clock.js';
import type { ClosingBooks, LedgerSeals } from '../ports/closing-books.js';
import type { EventStore } from '../ports/event-store.js';
import { CLOCK, CLOSING_BOOKS, EVENT_STORE, LEDGER_SEALS } from '../ports/tokens.js';

/** A close as its event has it, and who made it. */
export type PeriodClose = PeriodClosed['data'] & { readonly closedBy: Actor };

const STREAM = streamName(accountingPeriod.category, ACCOUNTING_PERIOD_ID);
const PATIENCE_MS = 30_000;
const LOOK_EVERY_MS = 50;

/** Closes in their order, from the event store itself. */
export async function periodCloses(
  eventStore: Pick<EventStore, 'readStream'>,
): Promise<readonly PeriodClose[]> {
  const closes: PeriodClose[] = [];
  for await (const page of eventStore.readStream(STREAM)) {
    for (const recorded of page) {
      const event = toDomainEvent(recorded) as AccountingPeriodEvent;
      closes.push({ ...event.data, closedBy: recorded.metadata.actor });
    }
  }
  return closes;
}

export const closedMonth = ({ month, upTo }: PeriodClose): ClosedMonth => ({
  month,
  upTo: BigInt(upTo),
});

/** Which months of the books are final, and how they become so. */
@Injectable()
export class AccountingPeriods {
  /** Only one seals at a time, and all but the first of several closes have nothing left to do. */
  private turn: Promise<unknown> = Promise.resolve();

  constructor(
    @Inject(EVENT_STORE) private readonly eventStore: EventStore,
    private readonly runner: DeciderRunner,
    @Inject(CLOSING_BOOKS) private readonly books: ClosingBooks,
    @Inject(LEDGER_SEALS) private readonly seals: LedgerSeals,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  closes(): Promise<readonly PeriodClose[]> {
    return periodCloses(this.eventStore);
  }

  /** @throws DomainFailure validation_error */
  async bounds(month: Month): Promise<PeriodBounds> {
    assertMonth(month);
    return periodBounds(month, (await this.closes()).map(closedMonth));
  }

  /**
   * Makes a month final. Safe to repeat: the answer is the close there is, with the reason that was given for it.
   * @param reason why, for the record; null when nobody was asked
   * @throws DomainFailure validation_error, conflict (not over, not the next, out of balance), unavailable
   * while the books are behind the event store.
   */
  async close(month: Month, reason: string | null, context: CommandContext): Promise<PeriodClose> {
    assertMonth(month);
    const turn = this.turn.then(() => this.closeInTurn(month, reason, context));
    this.turn = turn.catch(() => undefined);
    return turn;
  }

  private async closeInTurn(
    month: Month,
    reason: string | null,
    context: CommandContext,
  ): Promise<PeriodClose> {
    const closes = await this.closes();
    const known = closes.find((close) => close.month >= month);
    if (known !== undefined) return known;
    const last = closes.map(closedMonth).at(-1);
    const early = outOfTurn(month, last, this.clock.now().toISOString());
    if (early !== undefined) throw new DomainFailure(early);
    const { to } = periodBounds(month, []);
    const upTo = await this.eventStore.head();
    await this.booksReach(upTo);
    const seal = await this.seals.covering(upTo);
    const sums = await this.books.sums({ to, upTo });
    const closedAt = this.clock.now().toISOString();
    const close = { month, upTo: upTo.toString(), closedAt, ...sums, seal, reason };
    const result = await this.runner.run(
      accountingPeriodStream,
      ACCOUNTING_PERIOD_ID,
      { type: 'ClosePeriod', ...close },
      context,
    );
    if (result.kind === 'rejected') throw new DomainFailure(result.error);
    const made = (await this.closes()).find((each) => each.month >= month);
    return made ?? { ...close, closedBy: context.actor };
  }

  /** There is no way to. @throws DomainFailure always: forbidden, conflict for an open month */
  async reopen(month: Month, context: CommandContext): Promise<never> {
    assertMonth(month);
    const command = { type: 'ReopenPeriod', month } as const;
    const result = await this.runner.run(
      accountingPeriodStream,
      ACCOUNTING_PERIOD_ID,
      command,
      context,
    );
    if (result.kind === 'rejected') throw new DomainFailure(result.error);
    throw new Error(`${month} was reopened, which no rule allows`);
  }

  /** Closes whose sums are no longer what their entries add up to; each of them is an incident. */
  async disagreeing(): Promise<readonly PeriodClose[]> {
    const wrong: PeriodClose[] = [];
    for (const close of await this.closes()) {
      const { to } = periodBounds(close.month, []);
      const { digest, entries } = await this.books.sums({ to, upTo: BigInt(close.upTo) });
      if (digest !== close.digest || entries !== close.entries) wrong.push(close);
    }
    return wrong;
  }

  private async booksReach(position: bigint): Promise<void> {
    const startMs = performance.now();
    while ((await this.books.position()) < position) {
      if (performance.now() - startMs > PATIENCE_MS) {
        throw new DomainFailure(
          domainError('unavailable', `the books have not reached position ${position} yet`),
        );
      }
      await new Promise((resolve) => setTimeout(resolve, LOOK_EVERY_MS));
    }
  }
}

function assertMonth(month: string): void {
  if (isMonth(month)) return;
  throw new DomainFailure(validationError('month', 'must be a month such as 2026-01'));
}
