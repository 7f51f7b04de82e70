import { EVENT_STORE, type EventStore } from '@imprest/application';
import { DATA_SOURCE } from '@imprest/platform';
import { ChargeProofs } from '@imprest/read-models';
import type { Provider } from '@nestjs/common';
import { AuditingController } from './auditing.controller.js';
import { ChargeProofController } from './charge-proof.controller.js';

export const proofControllers = [ChargeProofController, AuditingController];

export const proofProviders: readonly Provider[] = [
  {
    provide: ChargeProofs,
    useFactory: (dataSource: ConstructorParameters<typeof ChargeProofs>[0], store: EventStore) =>
      new ChargeProofs(dataSource, store),
    inject: [DATA_SOURCE, EVENT_STORE],
  },
];
