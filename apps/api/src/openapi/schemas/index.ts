import type { SchemaObject } from '@imprest/platform';
import { uncensoredErrorSchema } from '../../dialects/uncensored/errors.js';
import { xaviraErrorSchema } from '../../dialects/xavira/errors.js';
import { xenodiaErrorSchema } from '../../dialects/xenodia/errors.js';
import * as account from './account.js';
import { balanceAlert, lowBalance } from './balance-alert.js';
import * as endUser from './end-user.js';
import { error, problem } from './error.js';
import { eventPage } from './event.js';
import * as eventBrowser from './event-browser.js';
import { foundThings } from './found.js';
import { foundAnywhere } from './found-anywhere.js';
import * as generation from './generation.js';
import * as identity from './identity.js';
import * as ledger from './ledger.js';
import * as limits from './limits.js';
import * as moderation from './moderation.js';
import * as overview from './overview.js';
import * as parked from './parked.js';
import * as projections from './projections.js';
import * as proof from './proof.js';
import { recordedEvent } from './recorded-event.js';
import { reference, uploadedReference } from './reference.js';
import * as seals from './seals.js';
import * as tenant from './tenant.js';
import * as tenantDetails from './tenant-details.js';
import * as timeline from './timeline.js';
import * as topUp from './top-up.js';
import * as uncensored from './uncensored.js';
import { usagePage } from './usage.js';
import * as webhookEndpoint from './webhook-endpoint.js';
import * as webhookMessage from './webhook-message.js';
import { webhookRecoveries, webhookRecovery } from './webhook-recovery.js';
import * as work from './work.js';
import * as workers from './workers.js';
import * as xavira from './xavira.js';
import * as xenodia from './xenodia.js';

/** Schemas that the document names; wherever one of them stands, a reference takes its place. */
export const namedSchemas: Readonly<Record<string, SchemaObject>> = {
  Generation: generation.generation,
  GenerationReceipt: generation.receipt,
  GenerationPage: generation.generationPage,
  Estimate: generation.estimate,
  GenerationTimeline: timeline.timeline,
  GenerationCost: timeline.generationCost,
  RecordedTimeline: timeline.recordedTimeline,
  Balance: account.balance,
  BalanceAlert: balanceAlert,
  LowBalance: lowBalance,
  LedgerEntry: account.ledgerEntry,
  StatementPage: account.statementPage,
  Money: account.money,
  TrialBalance: ledger.trialBalance,
  AccountPage: ledger.accountPage,
  BalancePage: ledger.balancePage,
  JournalPage: ledger.journalPage,
  Lots: ledger.lots,
  Revenue: ledger.revenue,
  Statement: ledger.statement,
  FindingPage: ledger.findingPage,
  Close: ledger.close,
  Closes: ledger.closes,
  EndUser: endUser.endUser,
  EndUserPage: endUser.endUserPage,
  EndUserState: endUser.endUserState,
  Deletion: endUser.deletion,
  WebhookEndpoint: webhookEndpoint.webhookEndpoint,
  WatchedWebhookEndpoint: webhookEndpoint.watchedWebhookEndpoint,
  RegisteredWebhookEndpoint: webhookEndpoint.newWebhookEndpoint,
  WebhookEndpointList: webhookEndpoint.webhookEndpointList,
  RotatedEndpointSecret: webhookEndpoint.rotatedEndpointSecret,
  WebhookMessage: webhookMessage.webhookMessage,
  WebhookMessagePage: webhookMessage.webhookMessagePage,
  WebhookMessageWithLog: webhookMessage.webhookMessageWithLog,
  WebhookRedelivery: webhookMessage.redelivery,
  WebhookAttempts: webhookMessage.webhookAttempts,
  WebhookRecovery: webhookRecovery,
  WebhookRecoveries: webhookRecoveries,
  EventPage: eventPage,
  FoundThings: foundThings,
  TopUp: topUp.topUp,
  TopUpPage: topUp.topUpPage,
  TopUpPackages: topUp.topUpPackages,
  TopUpForOperators: topUp.topUpForOperators,
  TopUpForOperatorsPage: topUp.topUpForOperatorsPage,
  Receipt: topUp.receipt,
  ChargeProof: proof.chargeProof,
  LedgerSeal: proof.ledgerSeal,
  SealKey: proof.sealKey,
  SealKeys: proof.sealKeys,
  MemberList: identity.members,
  InvitationList: identity.invitations,
  Invitation: identity.newInvitation,
  User: identity.user,
  UserPage: identity.userPage,
  SignInLink: identity.signInLink,
  InvitedOperator: identity.invitedOperator,
  CreatedTenant: tenant.createdTenant,
  TenantPage: tenant.tenantPage,
  IssuedKey: tenant.issuedKey,
  Overview: overview.overview,
  FairShareQueue: overview.fairShareQueue,
  RecordedEvent: recordedEvent,
  StreamPage: eventBrowser.streamPage,
  FoundEvents: eventBrowser.foundEvents,
  Trace: eventBrowser.trace,
  EventCategories: eventBrowser.eventCategories,
  AuditPage: eventBrowser.auditPage,
  Projections: projections.projections,
  ProjectionState: projections.rebuildState,
  RebuildRun: projections.rebuildRun,
  DiffRun: projections.diffRun,
  SwitchRun: projections.switchRun,
  TenantDetails: tenantDetails.tenantDetails,
  PriceBook: tenantDetails.priceBook,
  SealPage: seals.sealPage,
  Verification: seals.verification,
  VerificationPage: seals.verificationPage,
  FoundAnywhere: foundAnywhere,
  ParkedStream: parked.parkedStream,
  ParkedStreamPage: parked.parkedPage,
  DeadLetter: work.deadLetter,
  DeadLetterPage: work.deadLetterPage,
  RedriveReport: work.redriveReport,
  WhyAnswer: work.whyAnswer,
  ModelBreaker: work.modelBreaker,
  ModelBreakers: work.modelBreakers,
  ModerationCase: moderation.moderationCase,
  ModerationCasePage: moderation.moderationCasePage,
  TakedownPage: moderation.takedownPage,
  ModerationView: moderation.mediaView,
  Worker: workers.worker,
  WorkerList: workers.workerList,
  Scaling: workers.scaling,
  RotatedKey: tenant.rotatedKey,
  ApiKey: tenant.apiKey,
  ApiKeyPage: tenant.apiKeyPage,
  Budget: limits.budget,
  UsagePage: usagePage,
  Tiers: limits.tiers,
  TenantTier: limits.tenantTier,
  TenantShare: limits.tenantShare,
  Grant: tenant.grant,
  RotatedWebhookSecret: tenant.rotatedSecret,
  Reference: reference,
  UploadedReference: uploadedReference,
  XenodiaImages: xenodia.xenodiaImages,
  XenodiaTask: xenodia.xenodiaTask,
  XenodiaModel: xenodia.xenodiaModel,
  XenodiaModels: xenodia.xenodiaModels,
  XenodiaError: xenodiaErrorSchema,
  UncensoredImage: uncensored.completedImage,
  UncensoredAcceptedJob: uncensored.acceptedJob,
  UncensoredJob: uncensored.job,
  UncensoredError: uncensoredErrorSchema,
  Character: xavira.character,
  CharacterPage: xavira.characterPage,
  XaviraGeneration: xavira.generation,
  XaviraWebhook: xavira.webhook,
  XaviraNewWebhook: xavira.newWebhook,
  XaviraWebhookList: xavira.webhookList,
  XaviraError: xaviraErrorSchema,
  Error: error,
  Problem: problem,
};
