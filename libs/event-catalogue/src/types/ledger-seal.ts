import { type EventOf, firstVersion } from '../event-definition.js';
import { integer, nullable, object, string, timestamp } from '../schema.js';

const category = 'ledgerSeal';

export const ledgerSealEvents = {
  SealKeyIntroduced: firstVersion(
    category,
    object<EventOf<'SealKeyIntroduced'>['data']>({
      keyId: string(),
      publicKey: string(),
      previousKeyId: nullable(string()),
      endorsement: nullable(string()),
      introducedAt: timestamp(),
      reason: string(),
    }),
  ),
  LedgerSealed: firstVersion(
    category,
    object<EventOf<'LedgerSealed'>['data']>({
      format: integer(),
      number: integer(),
      after: string(),
      upTo: string(),
      events: integer(),
      root: string(),
      accounts: integer(),
      accountsRoot: string(),
      previous: nullable(string()),
      knownBefore: timestamp(),
      sealedAt: timestamp(),
      keyId: string(),
      digest: string(),
      signature: string(),
    }),
  ),
};
