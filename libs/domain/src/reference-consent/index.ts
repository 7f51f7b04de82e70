import { accepted, type Decider, type Decision, rejected } from '../shared/decider.js';
import { domainError, validationError } from '../shared/domain-error.js';
import type { ReferenceConsentEvent, ReferenceConsentRecorded } from './events.js';

export * from './events.js';

export interface RecordConsent {
  readonly type: 'RecordConsent';
  readonly consent: ReferenceConsentRecorded['data'];
  readonly now: string;
}

export interface WithdrawConsent {
  readonly type: 'WithdrawConsent';
  readonly reason: string;
  /** Of the image; null when there is none any more. */
  readonly imageKeyId: string | null;
}

export interface EraseConsentText {
  readonly type: 'EraseConsentText';
  readonly reason: string;
}

export type ReferenceConsentCommand = RecordConsent | WithdrawConsent | EraseConsentText;

/** `none` permits as well: only images of real people need a consent. */
export type ConsentStanding = 'none' | 'in_force' | 'expired' | 'withdrawn';

export interface ReferenceConsentState {
  /** The latest; null while none was ever recorded. */
  consent: ReferenceConsentRecorded['data'] | null;
  withdrawn: boolean;
  /** Of all texts that can be read still, those of consents that expired included. */
  textKeyIds: readonly string[];
  /** What the latest withdrawal or erasure has to destroy. */
  endedKeyIds: readonly string[];
}

/** What a consent is worth at a time. */
export function consentStanding(
  { consent, withdrawn }: Readonly<ReferenceConsentState>,
  now: string,
): ConsentStanding {
  if (consent === null) return 'none';
  if (withdrawn) return 'withdrawn';
  return consent.expiresAt !== null && consent.expiresAt <= now ? 'expired' : 'in_force';
}

function record(
  state: ReferenceConsentState,
  { consent, now }: RecordConsent,
): Decision<ReferenceConsentEvent> {
  const isRead = state.textKeyIds.length > 0;
  if (isRead && consentStanding(state, now) === 'in_force') {
    if (state.consent?.fingerprint === consent.fingerprint) return accepted();
    const message = 'another consent is in force for this reference: withdraw it first';
    return rejected(domainError('conflict', message));
  }
  const { grantedAt, expiresAt } = consent;
  if (grantedAt > now) return rejected(validationError('grantedAt', 'must not be in the future'));
  if (expiresAt !== null && expiresAt <= now) {
    return rejected(validationError('expiresAt', 'must be in the future'));
  }
  return accepted({ type: 'ReferenceConsentRecorded', data: consent });
}

function withdraw(
  { consent, withdrawn, textKeyIds }: ReferenceConsentState,
  { reason, imageKeyId }: WithdrawConsent,
): Decision<ReferenceConsentEvent> {
  if (consent === null) {
    return rejected(domainError('not_found', 'no consent is recorded for this reference'));
  }
  if (withdrawn) return accepted();
  const dataKeyIds = imageKeyId === null ? textKeyIds : [...textKeyIds, imageKeyId];
  const { consentId } = consent;
  return accepted({ type: 'ReferenceConsentWithdrawn', data: { consentId, reason, dataKeyIds } });
}

function decide(
  command: ReferenceConsentCommand,
  state: ReferenceConsentState,
): Decision<ReferenceConsentEvent> {
  switch (command.type) {
    case 'RecordConsent':
      return record(state, command);
    case 'WithdrawConsent':
      return withdraw(state, command);
    case 'EraseConsentText': {
      const { textKeyIds: dataKeyIds } = state;
      if (dataKeyIds.length === 0) return accepted();
      const data = { reason: command.reason, dataKeyIds };
      return accepted({ type: 'ReferenceConsentTextErased', data });
    }
  }
}

function evolve(state: ReferenceConsentState, event: ReferenceConsentEvent): ReferenceConsentState {
  switch (event.type) {
    case 'ReferenceConsentRecorded':
      state.consent = event.data;
      state.withdrawn = false;
      state.textKeyIds = [...state.textKeyIds, event.data.dataKeyId];
      break;
    case 'ReferenceConsentWithdrawn':
      state.withdrawn = true;
      state.textKeyIds = [];
      state.endedKeyIds = event.data.dataKeyIds;
      break;
    case 'ReferenceConsentTextErased':
      state.textKeyIds = [];
      state.endedKeyIds = event.data.dataKeyIds;
      break;
    default:
      event satisfies never;
  }
  return state;
}

export const referenceConsent: Decider<
  ReferenceConsentCommand,
  ReferenceConsentState,
  ReferenceConsentEvent
> = {
  category: 'referenceConsent',
  initialState: () => ({ consent: null, withdrawn: false, textKeyIds: [], endedKeyIds: [] }),
  decide,
  evolve,
};
