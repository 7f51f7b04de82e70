import { chainEntries } from './chain-entries.js';
import { countUsage } from './count-usage.js';
import { createBackgroundRuns } from './create-background-runs.js';
import { createCharacters } from './create-characters.js';
import { createControlRoom } from './create-control-room.js';
import { createDeadLetters } from './create-dead-letters.js';
import { createEventFeed } from './create-event-feed.js';
import { createFindings } from './create-findings.js';
import { createInbox } from './create-inbox.js';
import { createLedger } from './create-ledger.js';
import { createLedgerSeal } from './create-ledger-seal.js';
import { createModerationCases } from './create-moderation-cases.js';
import { createReadModels } from './create-read-models.js';
import { createTopUps } from './create-top-ups.js';
import { createWebhookAttemptLog } from './create-webhook-attempt-log.js';
import { expireWebhookMessages } from './expire-webhook-messages.js';
import { findLotsById } from './find-lots-by-id.js';
import { keepRootsOfLeaves } from './keep-roots-of-leaves.js';
import { listRunsByMilliseconds } from './list-runs-by-milliseconds.js';
import { nameEndpointsOfMessages } from './name-endpoints-of-messages.js';
import { nameModelsOfKeys } from './name-models-of-keys.js';
import { nameTargetsOfDeeds } from './name-targets-of-deeds.js';
import { putMoneyBesideTokens } from './put-money-beside-tokens.js';
import { rebuildEventFeed } from './rebuild-event-feed.js';
import { recordEndsOfRuns } from './record-ends-of-runs.js';
import { rememberModelCosts } from './remember-model-costs.js';
import { tellWebhookEventsApart } from './tell-webhook-events-apart.js';
import { wholeMilliseconds } from './whole-milliseconds.js';

export interface SqlMigration {
  /** Ends in the 13 digits of its time in ms, by which all libs' migrations are ordered. */
  readonly name: string;
  readonly up: string;
}

export const migrations: readonly SqlMigration[] = [
  createReadModels,
  createLedger,
  putMoneyBesideTokens,
  chainEntries,
  createLedgerSeal,
  createInbox,
  createTopUps,
  createFindings,
  tellWebhookEventsApart,
  keepRootsOfLeaves,
  wholeMilliseconds,
  nameModelsOfKeys,
  createCharacters,
  countUsage,
  createEventFeed,
  createWebhookAttemptLog,
  rememberModelCosts,
  nameEndpointsOfMessages,
  createDeadLetters,
  createModerationCases,
  createControlRoom,
  createBackgroundRuns,
  recordEndsOfRuns,
  nameTargetsOfDeeds,
  expireWebhookMessages,
  rebuildEventFeed,
  findLotsById,
  listRunsByMilliseconds,
];
