import {
  accepted,
  type Decider,
  type Decision,
  type DomainFact,
  rejected,
} from '../shared/decider.js';
import { domainError, validationError } from '../shared/domain-error.js';
import { isTimestamp } from '../shared/timestamp.js';

export interface SealedSecret {
  /** Ciphertext; the key is named by `dataKeyId`. */
  readonly sealed: string;
  readonly dataKeyId: string;
}

export type TenantCreated = DomainFact<
  'TenantCreated',
  { readonly name: string; readonly webhookSecret: SealedSecret }
>;

/** The old secret signs along with the new one until `previousValidUntil` (ISO 8601). */
export type WebhookSecretRotated = DomainFact<
  'WebhookSecretRotated',
  { readonly webhookSecret: SealedSecret; readonly previousValidUntil: string }
>;

/** What the operator sells to the tenant: limits grow with it. */
export type TierAssigned = DomainFact<'TierAssigned', { readonly tier: string }>;

/** What a tenant gets of the workers; null where its tier decides, and no cap. */
export interface ShareTerms {
  /** Of two tenants that wait, the one of twice the weight gets twice as much; 0.001 to 1,000. */
  readonly weight: number | null;
  /** Most jobs at once, from 1. */
  readonly cap: number | null;
  /** 0 to 9: how much of its work may go first. */
  readonly priority: number | null;
}

export type ShareAssigned = DomainFact<'ShareAssigned', ShareTerms>;

export type TenantEvent = TenantCreated | WebhookSecretRotated | TierAssigned | ShareAssigned;

export interface CreateTenant {
  readonly type: 'CreateTenant';
  readonly name: string;
  readonly webhookSecret: SealedSecret;
}

export interface RotateWebhookSecret {
  readonly type: 'RotateWebhookSecret';
  readonly webhookSecret: SealedSecret;
  readonly previousValidUntil: string;
}

export interface AssignTier {
  readonly type: 'AssignTier';
  readonly tier: string;
}

export interface AssignShare extends ShareTerms {
  readonly type: 'AssignShare';
}

export type TenantCommand = CreateTenant | RotateWebhookSecret | AssignTier | AssignShare;

export interface TenantState {
  name: string | null;
  webhookSecret: SealedSecret | null;
  previousWebhookSecret: (SealedSecret & { readonly validUntil: string }) | null;
  /** Null until one is assigned. */
  tier: string | null;
  share: ShareTerms;
}

const MAX_WEIGHT = 1_000;
const MAX_CAP = 1_000_000;
const MAX_PRIORITY = 9;

const isWhole = (value: number | null, least: number, most: number) =>
  value === null || (Number.isInteger(value) && value >= least && value <= most);

function decideShare({ weight, cap, priority }: ShareTerms, { share }: TenantState) {
  if (weight !== null && !(weight >= 1 / MAX_WEIGHT && weight <= MAX_WEIGHT)) {
    return rejected(validationError('weight', `must be ${1 / MAX_WEIGHT} to ${MAX_WEIGHT}`));
  }
  if (!isWhole(cap, 1, MAX_CAP)) {
    return rejected(validationError('cap', `must be a whole number from 1 to ${MAX_CAP}`));
  }
  if (!isWhole(priority, 0, MAX_PRIORITY)) {
    return rejected(
      validationError('priority', `must be a whole number from 0 to ${MAX_PRIORITY}`),
    );
  }
  if (share.weight === weight && share.cap === cap && share.priority === priority) {
    return accepted<TenantEvent>();
  }
  return accepted<TenantEvent>({ type: 'ShareAssigned', data: { weight, cap, priority } });
}

/** A rotation to the secret that signs already is a repeat: it would drop the previous one for good. */
function isCurrent({ sealed, dataKeyId }: SealedSecret, state: TenantState): boolean {
  return state.webhookSecret?.sealed === sealed && state.webhookSecret.dataKeyId === dataKeyId;
}

function decide(command: TenantCommand, state: TenantState): Decision<TenantEvent> {
  if (command.type === 'CreateTenant') {
    if (state.name === command.name) return accepted();
    if (state.name !== null) return rejected(domainError('conflict', 'the tenant exists already'));
    const { name, webhookSecret } = command;
    return accepted({ type: 'TenantCreated', data: { name, webhookSecret } });
  }
  if (state.name === null) return rejected(domainError('not_found', 'no such tenant'));
  if (command.type === 'AssignTier') {
    if (state.tier === command.tier) return accepted();
    return accepted({ type: 'TierAssigned', data: { tier: command.tier } });
  }
  if (command.type === 'AssignShare') return decideShare(command, state);
  const { webhookSecret, previousValidUntil } = command;
  if (isCurrent(webhookSecret, state)) return accepted();
  if (!isTimestamp(previousValidUntil)) {
    return rejected(
      validationError('previousValidUntil', 'must be a UTC timestamp with milliseconds'),
    );
  }
  return accepted({ type: 'WebhookSecretRotated', data: { webhookSecret, previousValidUntil } });
}

function evolve(state: TenantState, event: TenantEvent): TenantState {
  switch (event.type) {
    case 'TenantCreated':
      state.name = event.data.name;
      state.webhookSecret = event.data.webhookSecret;
      break;
    case 'WebhookSecretRotated':
      if (state.webhookSecret !== null) {
        const validUntil = event.data.previousValidUntil;
        state.previousWebhookSecret = { ...state.webhookSecret, validUntil };
      }
      state.webhookSecret = event.data.webhookSecret;
      break;
    case 'TierAssigned':
      state.tier = event.data.tier;
      break;
    case 'ShareAssigned':
      state.share = event.data;
      break;
    default:
      event satisfies never;
  }
  return state;
}

export const tenant: Decider<TenantCommand, TenantState, TenantEvent> = {
  category: 'tenant',
  initialState: () => ({
    name: null,
    webhookSecret: null,
    previousWebhookSecret: null,
    tier: null,
    share: { weight: null, cap: null, priority: null },
  }),
  decide,
  evolve,
};
