/** Of the books of a small shop, each list cut to its first item. */
export const trialBalance = {
  classes: [
    {
      accountClass: 'cash-clearing',
      accounts: 1,
      tokens: '100',
      money: [{ currency: 'EUR', minorUnits: '1000' }],
    },
  ],
  total: '0',
  totalMoney: [{ currency: 'EUR', minorUnits: '0' }],
  tenants: 5,
  entries: 38,
};

export const accounts = {
  accounts: [
    {
      tenantId: 'demo',
      account: 'promotional-issued',
      accountClass: 'promotional-issued',
      normalSide: 'debit',
      lotId: null,
      generationId: null,
      currencies: [],
    },
  ],
  nextCursor: 'WyJ0MzVlNmIwNjcxMWU0IiwiY2FzaC1jbGVhcmluZyJd',
};

export const balances = {
  balances: [
    {
      tenantId: 'studio',
      account: 'promotional:welcome_studio',
      accountClass: 'promotional',
      tokens: '-990',
      money: null,
    },
  ],
  nextCursor: null,
};

export const journalEntries = {
  entries: [
    {
      tenantId: 'studio',
      revision: 0,
      eventId: '01a1f9ed-32db-7705-ba2b-c2d9784e9a09',
      stream: 'tokenAccount-studio',
      type: 'AccountOpened',
      generationId: null,
      happenedAt: '2026-11-20T17:07:14.267Z',
      knownAt: '2026-11-20T17:07:14.272Z',
      postings: [],
      position: '6',
    },
  ],
  nextCursor: null,
};

export const lots = {
  lots: [
    {
      lotId: 'welcome_studio',
      kind: 'promotional',
      tokens: '10000',
      available: '9940',
      held: '0',
      captured: '60',
      refunded: '0',
      expired: '0',
      chargedBack: '0',
      repaid: '0',
      paidMinorUnits: null,
      currency: null,
      listMinorUnits: null,
      discountTier: null,
      provider: null,
      expiresAt: null,
      source: 'test',
      receivedAt: '2026-11-20T17:07:14.456Z',
      recognisedMinorUnits: null,
    },
  ],
};

export const revenue = {
  month: '2026-11',
  closed: false,
  rows: [
    {
      tenantId: 'demo',
      currency: null,
      opening: { tokens: '0', minorUnits: null },
      purchased: { tokens: '1000', minorUnits: null },
      recognised: { tokens: '0', minorUnits: null },
      refunded: { tokens: '0', minorUnits: null },
      chargedBack: { tokens: '0', minorUnits: null },
      repaid: { tokens: '0', minorUnits: null },
      breakage: { tokens: '0', minorUnits: null },
      closing: { tokens: '1000', minorUnits: null },
    },
  ],
};

export const close = {
  month: '2020-01',
  upTo: '162',
  closedAt: '2026-11-20T17:07:46.952Z',
  entries: '0',
  trialBalance: [{ accountClass: 'held', tokens: '-10', money: null }],
  digest: 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855',
  seal: {
    number: 1,
    upTo: '163',
    digest: '0db6f75779712f36f3f4cea76909e9431b2c8a8efea60519550ebd6ed9a7755d',
  },
  reason: 'The auditors have signed January off.',
  closedBy: { kind: 'operator', id: 'admin-key' },
};

export const statement = {
  tenantId: 'studio',
  month: '2026-11',
  closed: false,
  sums: [
    {
      tenantId: 'studio',
      currency: null,
      opening: { tokens: '0', minorUnits: null },
      purchased: { tokens: '10000', minorUnits: null },
      recognised: { tokens: '60', minorUnits: null },
      refunded: { tokens: '0', minorUnits: null },
      chargedBack: { tokens: '0', minorUnits: null },
      repaid: { tokens: '0', minorUnits: null },
      breakage: { tokens: '0', minorUnits: null },
      closing: { tokens: '9940', minorUnits: null },
    },
  ],
  opening: '0',
  closing: '10040',
};

export const findings = {
  findings: [
    {
      id: 'fnd_sum_of_balances_studio',
      check: 'sumOfBalances',
      source: 'invariant',
      subjects: [{ kind: 'tenant', id: 'studio' }],
      message: 'balances add up to 5 tokens, not to 0',
      openedAt: '2026-11-20T09:30:00.000Z',
      resolvedAt: null,
    },
  ],
  nextCursor: null,
};

export const closes = { closes: [close] };
