import { eventFeedProjector } from './feed/index.js';
import { journalProjector } from './ledger/journal-projector.js';
import {
  assetsProjector,
  charactersProjector,
  controlRoomProjector,
  deadLettersProjector,
  endUsersProjector,
  findingsProjector,
  generationsProjector,
  moderationCasesProjector,
  reconciliationProjector,
  type TableProjector,
  tenancyProjector,
  topUpsProjector,
  usageProjector,
  webhookMessagesProjector,
} from './projections/index.js';
import { sealsProjector } from './sealing/seals-projector.js';

/** Everything that is read from events. Each can be made again beside what is there and put in its place. */
export const projectors: readonly TableProjector[] = [
  journalProjector,
  reconciliationProjector,
  generationsProjector,
  endUsersProjector,
  tenancyProjector,
  webhookMessagesProjector,
  assetsProjector,
  sealsProjector,
  topUpsProjector,
  findingsProjector,
  charactersProjector,
  usageProjector,
  deadLettersProjector,
  moderationCasesProjector,
  controlRoomProjector,
  eventFeedProjector,
];
