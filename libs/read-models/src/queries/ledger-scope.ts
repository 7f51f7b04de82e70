/** Which entries a question is about; everything when nothing is said. */
export interface JournalScope {
  readonly tenantId?: string;
  /** Inclusive: what had happened by then. */
  readonly asOf?: Date;
  /** Inclusive: what was known by then. */
  readonly knownAt?: Date;
}

/** Whether the answer lies in the past: it is then added up from entries and not read from balances. */
export function isInThePast({ asOf, knownAt }: JournalScope): boolean {
  return asOf !== undefined || knownAt !== undefined;
}

/** Collects parameters of a statement: `$n` of each value it is given. */
export class Parameters {
  readonly values: unknown[] = [];

  add(value: unknown): string {
    this.values.push(value);
    return `$${this.values.length}`;
  }
}

/** Conditions on `ledger.entries as entry`; at least one. */
export function entriesIn(scope: JournalScope, parameters: Parameters): string[] {
  const { tenantId, asOf, knownAt } = scope;
  const conditions = ['true'];
  if (tenantId !== undefined) conditions.push(`entry.tenant_id = ${parameters.add(tenantId)}`);
  if (asOf !== undefined) conditions.push(`entry.happened_at <= ${parameters.add(asOf)}`);
  if (knownAt !== undefined) conditions.push(`entry.known_at <= ${parameters.add(knownAt)}`);
  return conditions;
}

/** Postings of `ledger.entries as entry`, one a row. */
export const LINES = `ledger.entries as entry cross join lateral
  unnest(entry.accounts, entry.lots, entry.currencies, entry.tokens, entry.minor_units)
    as line (account, lot_id, currency, tokens, minor_units)`;

/** `(tenant_id, account, currency, tokens, minor_units)` of a scope; holds that were closed are left out. */
export function balancesOf(scope: JournalScope, parameters: Parameters): string {
  if (!isInThePast(scope)) {
    const { tenantId } = scope;
    const condition = tenantId === undefined ? '' : `where tenant_id = ${parameters.add(tenantId)}`;
    return `select * from ledger.balances ${condition}`;
  }
  return `select entry.tenant_id, line.account, line.currency,
      sum(line.tokens) as tokens, sum(line.minor_units) as minor_units
    from ${LINES} where ${entriesIn(scope, parameters).join(' and ')}
    group by 1, 2, 3
    having line.account not like 'held:%' or sum(line.tokens) <> 0 or sum(line.minor_units) <> 0`;
}
