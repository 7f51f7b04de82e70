import fc from 'fast-check';
import { expect, test } from 'vitest';
import { COURTESY_MS, type LaneFacts, laneOffer, PATIENCE_MS, type Room } from './lane-offer.js';

const bytes = fc.option(fc.integer({ min: 1, max: 40 }), { nil: null });

const facts = fc.record<Omit<LaneFacts, 'lane'>>({
  residency: fc.constantFrom('loaded', 'memory', 'disk', null),
  gpuMs: fc.nat(100),
  loadedMs: fc.nat(100),
  vramBytes: bytes,
  slotCost: fc.integer({ min: 1, max: 3 }),
  holdMs: fc.nat(100),
  warmFloor: fc.nat(2),
  loadedElsewhere: fc.nat(2),
  idleElsewhere: fc.nat(1),
  servedElsewhere: fc.nat(2),
  waitingMs: fc.constantFrom(0, 1, COURTESY_MS, PATIENCE_MS),
});

const lanes: fc.Arbitrary<LaneFacts[]> = fc
  .array(facts, { maxLength: 6 })
  .map((all) => all.map((each, index) => ({ ...each, lane: `lane-${index}` })));

const room: fc.Arbitrary<Room> = fc
  .record({ slots: fc.integer({ min: 1, max: 4 }), used: fc.nat(3), vramBytes: bytes })
  .map(({ slots, used, vramBytes }) => {
    return { slots, freeSlots: Math.max(1, slots - used), vramBytes };
  });

test('no lane is offered twice, none that needs more slots than are free, and no tier is empty', () => {
  fc.assert(
    fc.property(room, lanes, (own, all) => {
      const { tiers, swaps } = laneOffer(own, all);
      const offered = tiers.flat();
      expect(new Set(offered).size).toBe(offered.length);
      expect(tiers.every((tier) => tier.length > 0)).toBe(true);
      expect([...swaps].every((lane) => offered.includes(lane))).toBe(true);
      for (const lane of offered) {
        const { slotCost = 0 } = all.find((each) => each.lane === lane) ?? {};
        expect(slotCost).toBeLessThanOrEqual(own.freeSlots);
      }
    }),
  );
});

test('a worker that does nothing is offered all work that it alone can do', () => {
  fc.assert(
    fc.property(room, lanes, (own, all) => {
      const idle = { ...own, freeSlots: own.slots ?? own.freeSlots };
      const offered = laneOffer(idle, all).tiers.flat();
      const alone = all.filter(
        ({ servedElsewhere, idleElsewhere, slotCost }) =>
          servedElsewhere === 0 && idleElsewhere === 0 && slotCost <= idle.freeSlots,
      );
      expect(offered).toEqual(expect.arrayContaining(alone.map(({ lane }) => lane)));
    }),
  );
});

test('what is loaded is offered first, and a model within its hold is not pushed out while it has work', () => {
  fc.assert(
    fc.property(room, lanes, (own, all) => {
      const { tiers, swaps } = laneOffer(own, all);
      const loaded = all.filter(
        ({ residency, slotCost }) => residency === 'loaded' && slotCost <= own.freeSlots,
      );
      if (tiers.length > 0) {
        expect(tiers[0] ?? []).toEqual(expect.arrayContaining(loaded.map(({ lane }) => lane)));
      }
      const held = all.some(
        ({ residency, gpuMs, loadedMs, holdMs }) =>
          residency === 'loaded' && Math.max(gpuMs, loadedMs) < holdMs,
      );
      if (held && loaded.length > 0) {
        expect((tiers[0] ?? []).filter((lane) => swaps.has(lane))).toEqual([]);
      }
    }),
  );
});

test('a busy worker is offered nothing that would push out what it uses', () => {
  fc.assert(
    fc.property(room, lanes, (own, all) => {
      fc.pre(own.freeSlots < (own.slots ?? own.freeSlots));
      expect(laneOffer(own, all).swaps.size).toBe(0);
    }),
  );
});
