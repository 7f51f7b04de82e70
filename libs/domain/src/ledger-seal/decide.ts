import { accepted, type Decider, type Decision, rejected } from '../shared/decider.js';
import { domainError, validationError } from '../shared/domain-error.js';
import { isTimestamp } from '../shared/timestamp.js';
import type { LedgerSealEvent, LedgerSealed, SealKeyIntroduced } from './events.js';

/** The one stream of seals: there is one log, and so one line of seals. */
export const LEDGER_SEAL_ID = 'log';

export type IntroduceSealKey = { readonly type: 'IntroduceSealKey' } & SealKeyIntroduced['data'];
export type SealLedger = { readonly type: 'SealLedger' } & LedgerSealed['data'];
export type LedgerSealCommand = IntroduceSealKey | SealLedger;

export interface LedgerSealState {
  /** The key that signs now. */
  keyId: string | null;
  publicKey: string | null;
  /** Keys ever introduced: none comes back. */
  readonly keyIds: Set<string>;
  /** Of the last seal: 0 when there is none. */
  number: number;
  upTo: bigint;
  digest: string | null;
  knownBefore: string | null;
}

type Decided = Decision<LedgerSealEvent>;

const HASH = /^[0-9a-f]{64}$/;
const POSITION = /^(0|[1-9][0-9]{0,18})$/;

function introduce(command: IntroduceSealKey, state: LedgerSealState): Decided {
  const { type: _, ...data } = command;
  if (data.keyId === state.keyId) return accepted();
  if (state.keyIds.has(data.keyId)) {
    return rejected(domainError('conflict', `key ${data.keyId} was replaced and cannot come back`));
  }
  if (data.previousKeyId !== state.keyId) {
    const current = state.keyId ?? 'none';
    return rejected(domainError('conflict', `the key in use is ${current}, not the one named`));
  }
  if (state.keyId === null && data.endorsement !== null) {
    return rejected(validationError('endorsement', 'has no meaning for the first key'));
  }
  if (!isTimestamp(data.introducedAt)) {
    return rejected(validationError('introducedAt', 'must be a UTC timestamp with milliseconds'));
  }
  if (!/\S/.test(data.reason)) return rejected(validationError('reason', 'must not be empty'));
  return accepted({ type: 'SealKeyIntroduced', data });
}

function malformed(seal: LedgerSealed['data']): string | undefined {
  const hashes = ['root', 'accountsRoot', 'digest'] as const;
  const positions = ['after', 'upTo'] as const;
  const times = ['knownBefore', 'sealedAt'] as const;
  return (
    hashes.find((field) => !HASH.test(seal[field])) ??
    positions.find((field) => !POSITION.test(seal[field])) ??
    times.find((field) => !isTimestamp(seal[field]))
  );
}

/** Whether the signature is right is the business of whoever can compute it: every verifier, always. */
function seal(command: SealLedger, state: LedgerSealState): Decided {
  const { type: _, ...data } = command;
  if (data.digest === state.digest) return accepted();
  const field = malformed(data);
  if (field !== undefined) return rejected(validationError(field, 'is malformed'));
  if (state.keyId === null || data.keyId !== state.keyId) {
    return rejected(domainError('conflict', `key ${data.keyId} is not the key in use`));
  }
  const follows =
    data.number === state.number + 1 &&
    data.previous === state.digest &&
    BigInt(data.after) === state.upTo;
  if (!follows) {
    return rejected(
      domainError('conflict', `the last seal is ${state.number}: it does not follow`),
    );
  }
  if (BigInt(data.upTo) <= state.upTo || data.events < 1) {
    return rejected(validationError('upTo', 'must be beyond the last seal'));
  }
  return accepted({ type: 'LedgerSealed', data });
}

function evolve(state: LedgerSealState, event: LedgerSealEvent): LedgerSealState {
  switch (event.type) {
    case 'SealKeyIntroduced':
      state.keyId = event.data.keyId;
      state.publicKey = event.data.publicKey;
      state.keyIds.add(event.data.keyId);
      break;
    case 'LedgerSealed':
      state.number = event.data.number;
      state.upTo = BigInt(event.data.upTo);
      state.digest = event.data.digest;
      state.knownBefore = event.data.knownBefore;
      break;
    default:
      event satisfies never;
  }
  return state;
}

export const ledgerSeal: Decider<LedgerSealCommand, LedgerSealState, LedgerSealEvent> = {
  category: 'ledgerSeal',
  initialState: () => ({
    ...{ keyId: null, publicKey: null, keyIds: new Set<string>() },
    ...{ number: 0, upTo: 0n, digest: null, knownBefore: null },
  }),
  decide: (command, state) =>
    command.type === 'IntroduceSealKey' ? introduce(command, state) : seal(command, state),
  evolve,
};
