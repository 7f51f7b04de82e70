import { describe, expect, test } from 'vitest';
import { COURTESY_MS, type LaneFacts, laneOffer, PATIENCE_MS, type Room } from './lane-offer.js';

const GB = 1_000_000_000;

const idle: Room = { freeSlots: 1, slots: 1, vramBytes: 24 * GB };

const facts = (lane: string, given: Partial<LaneFacts> = {}): LaneFacts => ({
  lane,
  residency: null,
  gpuMs: 0,
  loadedMs: 0,
  vramBytes: 16 * GB,
  slotCost: 1,
  holdMs: 0,
  warmFloor: 0,
  loadedElsewhere: 1,
  idleElsewhere: 0,
  servedElsewhere: 1,
  waitingMs: 0,
  ...given,
});

const loaded = (lane: string, given: Partial<LaneFacts> = {}) =>
  facts(lane, { residency: 'loaded', gpuMs: 60_000, loadedMs: 60_000, ...given });

describe('a worker is offered', () => {
  test('what it has loaded, then what it has in memory, on disk, and the rest', () => {
    const lanes = [
      facts('far'),
      facts('disk', { residency: 'disk' }),
      facts('memory', { residency: 'memory' }),
      loaded('here'),
    ];
    expect(laneOffer(idle, lanes).tiers).toEqual([['here'], ['memory'], ['disk'], ['far']]);
    expect(laneOffer(idle, lanes).swaps).toEqual(new Set(['far', 'disk', 'memory']));
  });

  test('in fair order what is loaded and what waits while nobody has it loaded', () => {
    const waiting = facts('other', { loadedElsewhere: 0, waitingMs: 10 });
    expect(laneOffer(idle, [loaded('here'), waiting]).tiers).toEqual([['here', 'other']]);
  });

  test('in fair order what has waited too long, although others have it loaded', () => {
    const waiting = facts('other', { waitingMs: PATIENCE_MS });
    expect(laneOffer(idle, [loaded('here'), waiting]).tiers).toEqual([['here', 'other']]);
  });

  test('everything when it has nothing loaded', () => {
    const lanes = [facts('one'), facts('other', { residency: 'disk' })];
    expect(laneOffer(idle, lanes).tiers).toEqual([['other'], ['one']]);
    expect(laneOffer(idle, lanes).swaps.size).toBe(0);
  });
});

describe('a model that was loaded', () => {
  const held = loaded('here', { gpuMs: 1_000, loadedMs: 90_000, holdMs: 60_000 });

  test('is kept for its hold while there is work for it, and swapped when there is none', () => {
    const waiting = facts('other', { loadedElsewhere: 0, waitingMs: PATIENCE_MS });
    expect(laneOffer(idle, [held, waiting]).tiers).toEqual([['here'], ['other']]);
  });

  test('is kept no longer than its hold by the clock from work that nobody else can do', () => {
    const only = facts('other', { loadedElsewhere: 0, servedElsewhere: 0, waitingMs: 10 });
    expect(laneOffer(idle, [held, only]).tiers).toEqual([['here', 'other']]);
    const young = { ...held, loadedMs: 30_000 };
    expect(laneOffer(idle, [young, only]).tiers).toEqual([['here'], ['other']]);
  });

  test('stays beside another one that fits', () => {
    const small = facts('other', { vramBytes: 8 * GB });
    expect(laneOffer(idle, [held, small]).swaps.size).toBe(0);
    expect(laneOffer(idle, [held, { ...small, vramBytes: null }]).swaps.size).toBe(1);
    expect(laneOffer({ ...idle, vramBytes: null }, [held, small]).swaps.size).toBe(1);
  });

  test('stays where its warm floor needs it, unless nobody else can do the other work', () => {
    const warm = loaded('here', { warmFloor: 2 });
    const other = facts('other', { waitingMs: PATIENCE_MS });
    expect(laneOffer(idle, [warm, other]).tiers).toEqual([['here']]);
    const enough = { ...warm, loadedElsewhere: 2 };
    expect(laneOffer(idle, [enough, other]).tiers).toEqual([['here', 'other']]);
    const alone = { ...other, servedElsewhere: 0 };
    expect(laneOffer(idle, [warm, alone]).tiers).toEqual([['here', 'other']]);
  });

  test('is not swapped for work that an idle worker with the model may take, for a moment', () => {
    const other = facts('other', { idleElsewhere: 1 });
    expect(laneOffer(idle, [loaded('here'), other]).tiers).toEqual([['here']]);
    const left = { ...other, waitingMs: COURTESY_MS };
    expect(laneOffer(idle, [loaded('here'), left]).tiers).toEqual([['here'], ['other']]);
  });
});

describe('a worker that is busy', () => {
  const busy: Room = { freeSlots: 1, slots: 2, vramBytes: 24 * GB };
  const large = facts('film', { slotCost: 2, vramBytes: 4 * GB, waitingMs: 10 });
  const swapped = facts('other', { waitingMs: 10 });

  test('is offered nothing that needs more slots than are free, or the memory that is in use', () => {
    expect(laneOffer(busy, [loaded('here'), large]).tiers).toEqual([['here']]);
    expect(laneOffer(busy, [loaded('here'), swapped]).tiers).toEqual([['here']]);
  });

  test('takes no more when such work has waited too long, so that its turn comes', () => {
    const late = { waitingMs: PATIENCE_MS };
    expect(laneOffer(busy, [loaded('here'), { ...large, ...late }]).tiers).toEqual([]);
    expect(laneOffer(busy, [loaded('here'), { ...swapped, ...late }]).tiers).toEqual([]);
    const never = { ...large, ...late, slotCost: 3 };
    expect(laneOffer(busy, [loaded('here'), never]).tiers).toEqual([['here']]);
  });
});
