import { DataFileError } from '@imprest/data-files';
import { moneyText } from '@imprest/domain';
import { describe, expect, it } from 'vitest';
import { loadTopUpPackages, parseTopUpPackages } from './top-up-packages.js';

const FILE = `
version: "2026-01"
seller: [Atlas Tokens Ltd, 1 Harbour Road]
listPrices: { EUR: "10.00", JPY: "1500" }
discounts:
  volume-10: { fromTokens: 50000, percent: 10 }
  volume-5: { fromTokens: 10000, percent: 5 }
packages:
  small: { tokens: 1000 }
  medium: { tokens: 10000 }
  large: { tokens: 60000 }
`;

describe('a file of packages', () => {
  const file = parseTopUpPackages(FILE);
  const pricesOf = (id: string) =>
    file.packages
      .find((each) => each.id === id)
      ?.prices.map(({ price, listPrice }) => [moneyText(listPrice), moneyText(price)]);

  it('sells at the list price below the first discount', () => {
    expect(pricesOf('small')).toEqual([
      ['10.00 EUR', '10.00 EUR'],
      ['1500 JPY', '1500 JPY'],
    ]);
  });

  it('gives the discount of the highest step that is reached', () => {
    expect(file.packages.map(({ discount }) => discount)).toEqual([
      null,
      { tier: 'volume-5', percent: 5 },
      { tier: 'volume-10', percent: 10 },
    ]);
    expect(pricesOf('medium')?.[0]).toEqual(['100.00 EUR', '95.00 EUR']);
    expect(pricesOf('large')?.[1]).toEqual(['90000 JPY', '81000 JPY']);
  });

  it('holds prices for an hour unless it says otherwise', () => {
    expect(file).toMatchObject({ version: '2026-01', holdMinutes: 60, manualInstructions: [] });
  });
});

describe('a file of packages that breaks a rule', () => {
  const changed = (from: string | RegExp, to: string) => FILE.replace(from, to);
  it.each([
    ['', 'the file must be a mapping'],
    [changed(/version.*/, ''), 'version must be a text'],
    [changed(/seller.*/, ''), 'seller must be a list of texts'],
    [changed('[Atlas Tokens Ltd, ', '[5, '), 'seller[0] must be a text'],
    [changed('EUR: "10.00"', 'EUR: 10.00'), 'listPrices.EUR must be a text'],
    [changed('"10.00"', '"10.005"'), 'listPrices.EUR must be an amount such as "10.00"'],
    [changed('"10.00"', '"0"'), 'listPrices.EUR must be an amount such as "10.00"'],
    [changed('EUR:', 'KWD:'), 'listPrices.KWD: tokens are not sold in this currency'],
    [changed(/listPrices.*/, 'listPrices: {}'), 'listPrices must have a currency'],
    [changed('percent: 10', 'percent: 100'), 'discounts.volume-10.percent must be a whole number'],
    [changed('percent: 10', 'per: 10'), 'discounts.volume-10.per is not a field'],
    [changed('fromTokens: 50000', 'fromTokens: 0.5'), 'discounts.volume-10.fromTokens must be'],
    [changed('small:', 'Small One:'), 'packages.Small One: the name must match'],
    [changed('tokens: 1000 ', 'tokens: 0 '), 'packages.small.tokens must be a whole number'],
    [changed('tokens: 1000 ', 'price: 5 '), 'packages.small.price is not a field'],
    [changed('tokens: 1000 ', 'tokens: 1 '), 'packages.small: the price is a fraction more than'],
    [changed(/packages[\s\S]*/, 'packages: {}'), 'packages must have an entry'],
    [`${FILE}\nholdMinutes: 30`, 'holdMinutes must be a whole number from 31 to 1380'],
    [`${FILE}\ncurrency: EUR`, 'currency is not a field'],
    [`${FILE}\nversion: "2"`, 'Map keys must be unique'],
  ])('%#: %s', (yaml, message) => {
    expect(() => parseTopUpPackages(yaml)).toThrow(DataFileError);
    expect(() => parseTopUpPackages(yaml)).toThrow(message);
  });
});

describe('loading packages', () => {
  it('takes the built-in file', () => {
    expect(loadTopUpPackages().packages.length).toBeGreaterThan(0);
  });

  it('names the file that is missing', () => {
    expect(() => loadTopUpPackages('/nowhere/packages.yaml')).toThrow(
      'top-up packages file /nowhere/packages.yaml: ENOENT',
    );
  });
});
