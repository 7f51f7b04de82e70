import fc from 'fast-check';
import { expect, test } from 'vitest';
import { FairSlots } from './fair-slots.js';

/** Each of them takes as long as it gets something, half of what is free at a time. */
function fill(slots: FairSlots, tenants: readonly string[]): Map<string, number> {
  const held = new Map<string, number>();
  for (;;) {
    const hungry = tenants.filter((tenant) => !slots.satisfied().includes(tenant));
    const limit = Math.ceil(slots.free / 2);
    if (hungry.length === 0 || limit === 0) return held;
    for (let n = 0; n < limit; n += 1) {
      const tenant = hungry[n % hungry.length] as string;
      slots.take(tenant);
      held.set(tenant, (held.get(tenant) ?? 0) + 1);
    }
  }
}

test('one tenant alone gets half', () => {
  expect(fill(new FairSlots(256), ['slow']).get('slow')).toBe(128);
});

test('whoever comes later finds room, however slow those are that came before', () => {
  const slots = new FairSlots(256);
  fill(slots, ['slow']);
  expect(fill(slots, ['slower']).get('slower')).toBe(64);
  expect(fill(slots, ['quick']).get('quick')).toBe(32);
  expect(slots.satisfied()).toEqual(['slow', 'slower', 'quick']);
  expect(slots.free).toBe(32);
});

test('several at once share evenly and leave one share free', () => {
  const slots = new FairSlots(240);
  const held = fill(slots, ['a', 'b', 'c']);
  for (const share of held.values()) expect(share).toBeGreaterThanOrEqual(45);
  expect(slots.free).toBeGreaterThanOrEqual(15);
});

test('nobody holds what was given back, and nothing can be given back twice', () => {
  fc.assert(
    fc.property(fc.array(fc.constantFrom('a', 'b', 'c'), { maxLength: 40 }), (tenants) => {
      const slots = new FairSlots(40);
      for (const tenant of tenants) slots.take(tenant);
      expect(slots.free).toBe(40 - tenants.length);
      for (const tenant of tenants) slots.giveBack(tenant);
      expect(slots.free).toBe(40);
      expect(slots.satisfied()).toEqual([]);
      expect(() => slots.giveBack('a')).toThrow('holds no slot');
    }),
  );
});
