import { describe, expect, it } from 'vitest';
import { namedLines } from './named-lines.ts';

describe('named lines', () => {
  const rules = { name: /^\S+$/, value: /^/ };

  it('are names and values, trimmed, of which a value may hold colons', () => {
    expect(namedLines('\n x-team: night\nx-route:a:b\nx-empty:', rules, 'header')).toEqual([
      ['x-team', 'night'],
      ['x-route', 'a:b'],
      ['x-empty', ''],
    ]);
  });

  it.each(['night', ': night', 'two words: x'])('%s is none', (line) => {
    expect(() => namedLines(line, rules, 'header')).toThrow(`“${line}” is no header`);
  });
});
