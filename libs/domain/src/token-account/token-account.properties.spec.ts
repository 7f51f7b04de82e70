import { equal, ok } from 'node:assert/strict';
import { allocationsOf, fixedClock, priceQuote } from '@imprest/testkit/domain';
import fc from 'fast-check';
import { describe, expect, test, vi } from 'vitest';
import { fold } from '../shared/decider.js';
import { type Allocation, sumOfAllocations } from '../shared/tokens.js';
import {
  restoreTokenAccount,
  snapshotTokenAccount,
  type TokenAccountCommand,
  type TokenAccountEvent,
  type TokenAccountState,
  tokenAccount,
} from './index.js';

// Many runs on a machine that does other work as well.
vi.setConfig({ testTimeout: 30_000 });

const RUNS = { numRuns: 1_000 };
const MINUTE = 60_000;

/** What a command is made from is known only once the history before it has been played. */
interface Moment {
  readonly state: TokenAccountState;
  readonly now: string;
  readonly inMinutes: (minutes: number) => string;
  readonly captured: ReadonlyMap<string, readonly Allocation[]>;
}

type Draft = (moment: Moment) => TokenAccountCommand;

const nameFrom = (prefix: string, count: number) =>
  fc.integer({ min: 0, max: count - 1 }).map((n) => `${prefix}${n}`);
/** Purchases and grants share their ids, so that they collide too. */
const lotId = nameFrom('lot', 10);
const generationId = nameFrom('gen', 20);
const tokens = fc.bigInt({ min: 0n, max: 120n });
/** Mostly one of what is there, sometimes anything. */
const aim = fc.record({
  nth: fc.nat(),
  stray: fc.option(generationId, { freq: 4, nil: undefined }),
});

function aimedAt(
  { nth, stray }: { readonly nth: number; readonly stray: string | undefined },
  known: ReadonlyMap<string, unknown>,
): string {
  return stray ?? [...known.keys()][nth % known.size] ?? 'gen0';
}

const reason = fc.constant('property');

const drafts = {
  open: fc.constant<Draft>(() => ({ type: 'OpenAccount', tenantId: 'ten' })),
  purchase: fc.record({ lotId, tokens }).map((parts): Draft => {
    const paid = { minorUnits: parts.tokens, currency: 'USD' };
    return () => ({ type: 'PurchaseTokens', ...parts, paid, paymentId: parts.lotId });
  }),
  grant: fc
    .record({ lotId, tokens, minutes: fc.option(fc.integer({ min: -5, max: 90 })), reason })
    .map(({ minutes, ...parts }): Draft => {
      return ({ now, inMinutes }) => {
        const expiresAt = minutes === null ? null : inMinutes(minutes);
        return { type: 'GrantTokens', ...parts, expiresAt, now };
      };
    }),
  hold: fc
    .record({
      generationId,
      perImage: fc.bigInt({ min: -1n, max: 25n }),
      images: fc.integer({ min: 1, max: 4 }),
    })
    .map((parts): Draft => {
      const { generationId: id, ...price } = parts;
      return ({ now }) => {
        return { type: 'HoldTokens', generationId: id, price: priceQuote(price), now };
      };
    }),
  settle: fc
    .record({ aim, percent: fc.bigInt({ min: -10n, max: 110n }) })
    .map(({ aim, percent }): Draft => {
      return ({ state }) => {
        const id = aimedAt(aim, state.holds);
        const capture = ((state.holds.get(id)?.tokens ?? 100n) * percent) / 100n;
        return { type: 'SettleHold', generationId: id, capture };
      };
    }),
  release: aim.map((aim): Draft => {
    return ({ state }) => {
      return { type: 'ReleaseHold', generationId: aimedAt(aim, state.holds), reason: 'property' };
    };
  }),
  refund: fc
    .record({ refundId: nameFrom('ref', 8), tokens: fc.bigInt({ min: 0n, max: 25n }), reason, aim })
    .map(({ aim, ...parts }): Draft => {
      return ({ captured }) => {
        const id = aimedAt(aim, captured);
        const known = captured.get(id) ?? allocationsOf({ foreign: 60n });
        return { type: 'RefundTokens', ...parts, generationId: id, captured: known };
      };
    }),
  expire: fc.constant<Draft>(({ now }) => ({ type: 'ExpireLots', now })),
  chargeBack: fc.record({ chargeBackId: nameFrom('cbk', 4), lotId, tokens, reason }).map(
    (parts): Draft =>
      () => ({ type: 'ChargeBack', ...parts }),
  ),
  freeze: reason.map(
    (why): Draft =>
      () => ({ type: 'FreezeAccount', reason: why }),
  ),
  unfreeze: reason.map(
    (why): Draft =>
      () => ({ type: 'UnfreezeAccount', reason: why }),
  ),
};

const draft = fc.oneof(
  { weight: 1, arbitrary: drafts.open },
  { weight: 5, arbitrary: drafts.purchase },
  { weight: 5, arbitrary: drafts.grant },
  { weight: 12, arbitrary: drafts.hold },
  { weight: 6, arbitrary: drafts.settle },
  { weight: 3, arbitrary: drafts.release },
  { weight: 7, arbitrary: drafts.refund },
  { weight: 2, arbitrary: drafts.expire },
  { weight: 2, arbitrary: drafts.chargeBack },
  { weight: 1, arbitrary: drafts.freeze },
  { weight: 6, arbitrary: drafts.unfreeze },
);

/** A command and the minutes that pass before it. Most accounts are opened first. */
const step = fc.record({ draft, minutes: fc.integer({ min: 0, max: 20 }) });
const opening = fc.record({ draft: drafts.open, minutes: fc.constant(0) });
const history = fc
  .tuple(fc.option(opening, { freq: 20 }), fc.array(step, { maxLength: 80, size: 'max' }))
  .map(([first, steps]) => (first === null ? steps : [first, ...steps]));

interface Played {
  readonly command: TokenAccountCommand;
  readonly events: readonly TokenAccountEvent[];
  readonly state: TokenAccountState;
}

/** Plays a history, handing over each command when it was decided and its events were folded in. */
function play(
  steps: readonly { readonly draft: Draft; readonly minutes: number }[],
  check: (played: Played) => void = () => {},
) {
  const clock = fixedClock();
  const captured = new Map<string, readonly Allocation[]>();
  let state = tokenAccount.initialState();
  const events: TokenAccountEvent[] = [];
  const commands: TokenAccountCommand[] = [];
  for (const { draft, minutes } of steps) {
    clock.advance(minutes * MINUTE);
    const inMinutes = (later: number) =>
      new Date(clock.now().getTime() + later * MINUTE).toISOString();
    const command = draft({ state, now: clock.isoNow(), inMinutes, captured });
    const decided = eventsOf(command, state);
    for (const event of decided) {
      state = tokenAccount.evolve(state, event);
      if (event.type === 'HoldSettled') {
        captured.set(event.data.generationId, event.data.captured);
      }
    }
    events.push(...decided);
    commands.push(command);
    check({ command, events: decided, state });
  }
  return { state, events, commands };
}

function eventsOf(
  command: TokenAccountCommand,
  state: TokenAccountState,
): readonly TokenAccountEvent[] {
  const decision = tokenAccount.decide(command, state);
  return decision.kind === 'accepted' ? decision.events : [];
}

/** Everything in a state or a decision as text; amounts keep their type. */
function textOf(value: unknown): string {
  return JSON.stringify(value, (_, part: unknown) => {
    if (typeof part === 'bigint') return `${part}n`;
    if (part instanceof Map || part instanceof Set) return [...part];
    return part;
  });
}

interface LotBook {
  came: bigint;
  held: bigint;
  captured: bigint;
  refunded: bigint;
  expired: bigint;
  chargedBack: bigint;
}

/** The books of an account kept by what the events say alone, knowing nothing of the decider's state. */
class Books {
  readonly lots = new Map<string, LotBook>();
  readonly openHolds = new Map<string, readonly Allocation[]>();
  readonly closedHolds = new Set<string>();

  enter(event: TokenAccountEvent): void {
    switch (event.type) {
      case 'TokensPurchased':
      case 'TokensGranted':
        equal(this.lots.has(event.data.lotId), false);
        this.lots.set(event.data.lotId, {
          came: event.data.tokens,
          held: 0n,
          captured: 0n,
          refunded: 0n,
          expired: 0n,
          chargedBack: 0n,
        });
        break;
      case 'TokensHeld':
        equal(sumOfAllocations(event.data.allocations), event.data.tokens);
        this.openHolds.set(event.data.generationId, event.data.allocations);
        this.add('held', event.data.allocations);
        break;
      case 'HoldSettled':
        this.close(event.data.generationId);
        this.add('captured', event.data.captured);
        break;
      case 'HoldReleased':
        this.close(event.data.generationId);
        break;
      case 'TokensRefunded':
        this.add('refunded', event.data.allocations);
        break;
      case 'LotExpired':
        this.add('expired', [event.data]);
        break;
      case 'ChargedBack':
        this.add('chargedBack', [event.data]);
        break;
    }
  }

  private close(generationId: string): void {
    equal(this.openHolds.has(generationId), true);
    equal(this.closedHolds.has(generationId), false);
    this.closedHolds.add(generationId);
    for (const { lotId, tokens } of this.openHolds.get(generationId) ?? []) {
      this.lot(lotId).held -= tokens;
    }
    this.openHolds.delete(generationId);
  }

  private add(what: keyof LotBook, allocations: readonly Allocation[]): void {
    for (const { lotId, tokens } of allocations) this.lot(lotId)[what] += tokens;
  }

  lot(lotId: string): LotBook {
    const lot = this.lots.get(lotId);
    if (lot === undefined) throw new Error(`no lot ${lotId} came in`);
    return lot;
  }
}

function expectBooksToAgree(books: Books, state: TokenAccountState): void {
  let available = 0n;
  for (const lot of state.lots.values()) {
    const { came, held, captured, refunded, expired, chargedBack } = books.lot(lot.lotId);
    equal(came, lot.available + held + captured - refunded + expired + chargedBack);
    ok(lot.available >= -chargedBack);
    for (const total of [held, captured, refunded, expired, came - chargedBack]) {
      ok(total >= 0n);
    }
    ok(refunded <= captured);
    available += lot.available;
  }
  equal(state.lots.size, books.lots.size);
  equal(state.available, available);
  const heldByLot = [...books.lots.values()].reduce((sum, { held }) => sum + held, 0n);
  const heldByHold = [...state.holds.values()].reduce((sum, hold) => sum + hold.tokens, 0n);
  equal(state.held, heldByHold);
  equal(state.held, heldByLot);
}

/** A hold draws what is there, from lots that are not past their time, on an account free to spend. */
function expectHoldToBeCovered(
  { command, events, state }: Played,
  frozenBefore: string | null,
): void {
  const held = events.find((event) => event.type === 'TokensHeld');
  if (held === undefined || command.type !== 'HoldTokens') return;
  equal(frozenBefore, null);
  ok(state.available >= 0n);
  for (const { lotId, tokens } of held.data.allocations) {
    const lot = state.lots.get(lotId);
    ok(tokens > 0n && lot !== undefined && lot.available >= 0n);
    ok(lot.expiresAt === null || lot.expiresAt > command.now);
  }
}

/** What is captured or refunded is what was asked for, to the token. */
function expectAmountAsked({ command, events }: Played): void {
  for (const { type, data } of events) {
    if (type === 'HoldSettled' && command.type === 'SettleHold') {
      equal(sumOfAllocations(data.captured), command.capture);
    }
    if (type === 'TokensRefunded' && command.type === 'RefundTokens') {
      equal(sumOfAllocations(data.allocations), command.tokens);
    }
  }
}

describe('whatever commands come, in whatever order', () => {
  test('tokens are conserved lot by lot, no hold closes twice and nothing is overdrawn', () => {
    fc.assert(
      fc.property(history, (steps) => {
        const books = new Books();
        let frozenBefore: string | null = null;
        play(steps, (played) => {
          for (const event of played.events) books.enter(event);
          expectBooksToAgree(books, played.state);
          expectHoldToBeCovered(played, frozenBefore);
          expectAmountAsked(played);
          frozenBefore = played.state.frozen;
        });
      }),
      RUNS,
    );
  });

  test('deciding never changes the state, and the same events fold to the same state', () => {
    fc.assert(
      fc.property(history, (steps) => {
        const { state, events, commands } = play(steps);
        const before = textOf(state);
        for (const command of commands) tokenAccount.decide(command, state);
        expect(textOf(state)).toBe(before);
        expect(textOf(fold(tokenAccount, events))).toBe(before);
        expect(textOf(fold(tokenAccount, events))).toBe(before);
      }),
      RUNS,
    );
  });

  test('a command repeated at once changes nothing', () => {
    fc.assert(
      fc.property(history, (steps) => {
        play(steps, ({ command, state }) => expect(eventsOf(command, state)).toEqual([]));
      }),
      RUNS,
    );
  });

  test('a command that moved tokens changes nothing when it comes again, however late', () => {
    fc.assert(
      fc.property(history, (steps) => {
        const moved: TokenAccountCommand[] = [];
        const { state } = play(steps, ({ command, events }) => {
          const isSwitch = command.type === 'FreezeAccount' || command.type === 'UnfreezeAccount';
          if (events.length > 0 && !isSwitch) moved.push(command);
        });
        for (const command of moved) {
          expect(tokenAccount.decide(command, state)).toEqual({ kind: 'accepted', events: [] });
        }
      }),
      RUNS,
    );
  });

  test('a state restored from its snapshot is the same and decides the same ever after', () => {
    fc.assert(
      fc.property(history, fc.nat({ max: 80 }), (steps, at) => {
        const { events, commands } = play(steps.slice(0, at));
        const state = fold(tokenAccount, events);
        const snapshot = JSON.stringify(snapshotTokenAccount(state));
        const restored = restoreTokenAccount(JSON.parse(snapshot));
        expect(textOf(restored)).toBe(textOf(state));
        const later = play(steps).commands.slice(commands.length);
        for (const command of [...commands, ...later]) {
          const decision = tokenAccount.decide(command, state);
          expect(textOf(tokenAccount.decide(command, restored))).toBe(textOf(decision));
          for (const event of eventsOf(command, state)) {
            tokenAccount.evolve(state, event);
            tokenAccount.evolve(restored, event);
          }
        }
        expect(textOf(restored)).toBe(textOf(state));
      }),
      RUNS,
    );
  });
});
