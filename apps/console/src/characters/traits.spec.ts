import { describe, expect, it } from 'vitest';
import { traitChanges, traitLines, traitsOf } from './traits.ts';

describe('traits of a character', () => {
  it('are lines and come back as what they were', () => {
    const traits = { age: 34, hair: 'auburn', glasses: true, hobbies: ['sailing', 'chess'] };
    expect(traitLines(traits)).toBe(
      'age: 34\nhair: auburn\nglasses: true\nhobbies: sailing | chess',
    );
    expect(traitsOf(traitLines(traits))).toEqual(traits);
  });

  it('are refused when a line is none', () => {
    expect(() => traitsOf('age: 34\nauburn')).toThrow('“auburn” is no trait');
    expect(traitsOf(' \n')).toEqual({});
  });

  it('that are gone are said to be', () => {
    expect(traitChanges({ age: 34, hair: 'auburn' }, { age: 35 })).toEqual({ age: 35, hair: null });
  });
});
