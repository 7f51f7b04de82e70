import type { PeriodClose } from '@imprest/application';
import type { RevenueRow } from '@imprest/domain';
import { revenueColumns } from '@imprest/domain';
import type { CsvValue } from '@imprest/ledger-exports';
import type {
  AccountView,
  BalanceView,
  JournalEntryView,
  LotView,
  PostingView,
  TrialBalance,
} from '@imprest/read-models';

type Columns<Row> = Readonly<Record<string, (row: Row) => CsvValue>>;

export const accountColumns: Columns<AccountView> = {
  tenant: ({ tenantId }) => tenantId,
  account: ({ account }) => account,
  class: ({ accountClass }) => accountClass,
  normal_side: ({ normalSide }) => normalSide,
  lot: ({ lotId }) => lotId,
  generation: ({ generationId }) => generationId,
  currencies: ({ currencies }) => currencies.join(' '),
};

export const balanceColumns: Columns<BalanceView> = {
  tenant: ({ tenantId }) => tenantId,
  account: ({ account }) => account,
  class: ({ accountClass }) => accountClass,
  tokens: ({ tokens }) => tokens,
  currency: ({ money }) => money?.currency,
  minor_units: ({ money }) => money?.minorUnits,
};

interface JournalLine extends PostingView {
  readonly entry: JournalEntryView;
  readonly line: number;
}

export const journalColumns: Columns<JournalLine> = {
  position: ({ entry }) => entry.position,
  tenant: ({ entry }) => entry.tenantId,
  revision: ({ entry }) => entry.revision,
  event: ({ entry }) => entry.eventId,
  type: ({ entry }) => entry.type,
  generation: ({ entry }) => entry.generationId,
  happened_at: ({ entry }) => entry.happenedAt,
  known_at: ({ entry }) => entry.knownAt,
  line: ({ line }) => line,
  account: ({ account }) => account,
  lot: ({ lotId }) => lotId,
  tokens: ({ tokens }) => tokens,
  currency: ({ money }) => money?.currency,
  minor_units: ({ money }) => money?.minorUnits,
};

export function journalLines(entries: readonly JournalEntryView[]): readonly JournalLine[] {
  return entries.flatMap((entry) =>
    entry.postings.map((posting, index) => ({ ...posting, entry, line: index + 1 })),
  );
}

export const lotColumns: Columns<LotView> = {
  lot: ({ lotId }) => lotId,
  kind: ({ kind }) => kind,
  tokens: ({ tokens }) => tokens,
  available: ({ available }) => available,
  held: ({ held }) => held,
  captured: ({ captured }) => captured,
  refunded: ({ refunded }) => refunded,
  expired: ({ expired }) => expired,
  charged_back: ({ chargedBack }) => chargedBack,
  repaid: ({ repaid }) => repaid,
  currency: ({ currency }) => currency,
  paid_minor_units: ({ paidMinorUnits }) => paidMinorUnits,
  recognised_minor_units: ({ recognisedMinorUnits }) => recognisedMinorUnits,
  list_minor_units: ({ listMinorUnits }) => listMinorUnits,
  discount_tier: ({ discountTier }) => discountTier,
  provider: ({ provider }) => provider,
  source: ({ source }) => source,
  received_at: ({ receivedAt }) => receivedAt,
  expires_at: ({ expiresAt }) => expiresAt,
};

interface TrialBalanceLine {
  readonly accountClass: string;
  readonly accounts: number;
  readonly tokens: string | null;
  readonly currency: string | null;
  readonly minorUnits: string | null;
}

export const trialBalanceColumns: Columns<TrialBalanceLine> = {
  class: ({ accountClass }) => accountClass,
  accounts: ({ accounts }) => accounts,
  tokens: ({ tokens }) => tokens,
  currency: ({ currency }) => currency,
  minor_units: ({ minorUnits }) => minorUnits,
};

/** A line for the tokens of each class, then one for its money in each currency. */
export function trialBalanceLines({ classes }: TrialBalance): readonly TrialBalanceLine[] {
  return classes.flatMap(({ accountClass, accounts, tokens, money }) => [
    { accountClass, accounts, tokens, currency: null, minorUnits: null },
    ...money.map((amount) => ({ accountClass, accounts, tokens: null, ...amount })),
  ]);
}

export const revenueTableColumns: Columns<RevenueRow> = {
  tenant: ({ tenantId }) => tenantId,
  currency: ({ currency }) => currency,
  ...Object.fromEntries(
    revenueColumns.flatMap((column) => [
      [`${column}_tokens`, (row: RevenueRow) => row[column].tokens],
      [`${column}_minor_units`, (row: RevenueRow) => row.currency && row[column].minorUnits],
    ]),
  ),
};

export const closeColumns: Columns<PeriodClose> = {
  month: ({ month }) => month,
  closed_at: ({ closedAt }) => closedAt,
  closed_by: ({ closedBy }) => closedBy.id,
  reason: ({ reason }) => reason,
  entries: ({ entries }) => entries,
  up_to: ({ upTo }) => upTo,
  digest: ({ digest }) => digest,
  seal: ({ seal }) => seal?.number,
};
