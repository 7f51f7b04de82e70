import { describe, expect, it } from 'vitest';
import { describeFilter, describeReport, mayBeRedriven, redriveFilter } from './dead-letters.ts';

describe('the filters of dead letters', () => {
  const filters = { tenantId: 'studio', class: 'timeout', since: '2026-01-02', redriven: 'false' };

  it('say which ones to redrive', () => {
    expect(redriveFilter(filters)).toEqual({
      tenantId: 'studio',
      class: 'timeout',
      since: '2026-01-02T00:00:00Z',
    });
  });

  it('are told in words', () => {
    expect(describeFilter(filters)).toBe(
      'of tenant studio, of class timeout, given up since 2026-01-02',
    );
    expect(describeFilter({})).toBe('of all tenants and models');
  });
});

describe('the report of a redrive', () => {
  const redriven = [{ id: 'gen_2', redriveOf: 'gen_1', held: '40' }];

  it('counts what is done once more', () => {
    expect(describeReport({ redriven, refused: [] })).toBe('1 request is done once more.');
  });

  it('says why others are not', () => {
    const error = { code: 'insufficient_tokens', message: 'The balance is too low.' };
    const report = { redriven: [], refused: [{ redriveOf: 'gen_3', error }] };
    expect(describeReport(report)).toBe(
      '0 requests are done once more, 1 refused: The balance is too low.',
    );
  });
});

describe('a dead letter', () => {
  it('can be redriven once, and not after its content was erased', () => {
    expect(mayBeRedriven({ erased: false, redrivenAs: null })).toBe(true);
    expect(mayBeRedriven({ erased: true, redrivenAs: null })).toBe(false);
    expect(mayBeRedriven({ erased: false, redrivenAs: 'gen_2' })).toBe(false);
  });
});
