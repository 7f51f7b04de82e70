import { type AccountClass, accountClass } from '@imprest/domain';

const IS_PLAIN = /^[A-Za-z0-9]$/;

/**
 * A component of an account's name that beancount and hledger both take: letters, digits and dashes, with a
 * capital or a digit first. Different texts have different names: `_` becomes `--`, whatever else is no letter or
 * digit becomes `-` and its bytes in hexadecimal, a first letter that is a capital already gets `X-x` in front.
 */
export function component(text: string): string {
  const encoded = [...text]
    .map((character) => {
      if (IS_PLAIN.test(character)) return character;
      if (character === '_') return '--';
      return [...Buffer.from(character)].map((byte) => `-${hexadecimal(byte)}`).join('');
    })
    .join('');
  if (/^[a-z]/.test(encoded)) return `${encoded[0]?.toUpperCase()}${encoded.slice(1)}`;
  return /^[0-9]/.test(encoded) ? encoded : `X-x${encoded}`;
}

const hexadecimal = (byte: number) => byte.toString(16).toUpperCase().padStart(2, '0');

const PARENTS: Readonly<Record<AccountClass, string>> = {
  'cash-clearing': 'Assets:CashClearing',
  'charge-backs': 'Assets:ChargeBacks',
  'deferred-revenue': 'Liabilities:DeferredRevenue',
  promotional: 'Liabilities:Promotional',
  held: 'Liabilities:Held',
  revenue: 'Income:Revenue',
  refunds: 'Income:Refunds',
  breakage: 'Equity:Breakage',
  'promotional-issued': 'Equity:PromotionalIssued',
  'promotional-used': 'Equity:PromotionalUsed',
};

/**
 * An account of a tenant where plain-text accounting has it: by type, then tenant, then lot. Holds of a tenant
 * share one, since there is one for every generation; the transaction names the generation.
 */
export function plainTextAccount(tenantId: string, account: string, lotId: string): string {
  const name = accountClass(account);
  const parent = `${PARENTS[name]}:${component(tenantId)}`;
  const hasLots = name === 'deferred-revenue' || name === 'promotional';
  return hasLots ? `${parent}:${component(lotId)}` : parent;
}
