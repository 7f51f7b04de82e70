import { describe, expect, it } from 'vitest';
import { shortAccount } from './account-name.ts';

describe('the short name of an account', () => {
  it('keeps classes and short ids whole', () => {
    expect(shortAccount('promotional-issued')).toBe('promotional-issued');
    expect(shortAccount('deferred-revenue:purchased:january')).toBe(
      'deferred-revenue:purchased:january',
    );
  });

  it('cuts long ids where they differ least', () => {
    expect(shortAccount('held:req_06gzpf6rrdzg3cmde5fj999wbr')).toBe('held:req_06gz…999wbr');
  });
});
