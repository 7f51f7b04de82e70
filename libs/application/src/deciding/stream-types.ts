import {
  accountingPeriod,
  apiKey,
  auditFinding,
  auditRun,
  balanceAlert,
  character,
  consumer,
  endUser,
  generation,
  job,
  ledgerSeal,
  modelBreaker,
  moderationCase,
  operatorRun,
  referenceConsent,
  restoreTokenAccount,
  snapshotTokenAccount,
  TOKEN_ACCOUNT_SNAPSHOT_VERSION,
  type TokenAccountCommand,
  type TokenAccountEvent,
  type TokenAccountSnapshot,
  type TokenAccountState,
  tenant,
  tenantMembers,
  tokenAccount,
  topUp,
  user,
  webhookEndpoint,
  webhookMessage,
  webhookRecovery,
  worker,
} from '@imprest/domain';
import type { JsonObject } from '@imprest/event-catalogue';
import type { StreamType } from './stream-type.js';

export const tokenAccountStream: StreamType<
  TokenAccountCommand,
  TokenAccountState,
  TokenAccountEvent
> = {
  decider: tokenAccount,
  snapshots: {
    stateVersion: TOKEN_ACCOUNT_SNAPSHOT_VERSION,
    everyEvents: 500,
    entries: ({ lots, holds, closedHolds: { recent, older }, refunded, budgets }) =>
      lots.size + holds.size + recent.size + older.size + refunded.size + budgets.idOf.size,
    toJson: (state) => snapshotTokenAccount(state) as unknown as JsonObject,
    fromJson: (json) => restoreTokenAccount(json as unknown as TokenAccountSnapshot),
  },
};

export const accountingPeriodStream = { decider: accountingPeriod };
export const auditRunStream = { decider: auditRun };
export const auditFindingStream = { decider: auditFinding };
export const generationStream = { decider: generation };
export const jobStream = { decider: job };
export const modelBreakerStream = { decider: modelBreaker };
export const moderationCaseStream = { decider: moderationCase };
export const tenantStream = { decider: tenant };
export const tenantMembersStream = { decider: tenantMembers };
export const userStream = { decider: user };
export const apiKeyStream = { decider: apiKey };
export const endUserStream = { decider: endUser };
export const ledgerSealStream = { decider: ledgerSeal };
export const characterStream = { decider: character };
export const referenceConsentStream = { decider: referenceConsent };
export const consumerStream = { decider: consumer };
export const balanceAlertStream = { decider: balanceAlert };
export const topUpStream = { decider: topUp };
export const webhookEndpointStream = { decider: webhookEndpoint };
export const operatorRunStream = { decider: operatorRun };
export const workerStream = { decider: worker };
export const webhookMessageStream = { decider: webhookMessage };
export const webhookRecoveryStream = { decider: webhookRecovery };
