import { EVENT_STORE, type EventStore } from '@imprest/application';
import { LEDGER_SEAL_ID, type LedgerSealEvent, ledgerSeal } from '@imprest/domain';
import { streamName, toDomainEvent } from '@imprest/event-catalogue';
import { chargeProofSchema, ledgerBundleLineSchema } from '@imprest/ledger-seal';
import { Describes, Public } from '@imprest/platform';
import { Controller, Get, Inject } from '@nestjs/common';
import { auditingOperations } from '../openapi/operations/proofs.js';

/** What anybody needs who checks a proof or a bundle: the keys, and what the documents look like. */
@Controller()
@Describes(auditingOperations)
export class AuditingController {
  private keysAt = Number.NEGATIVE_INFINITY;
  private keys: Promise<object> | undefined;

  constructor(@Inject(EVENT_STORE) private readonly store: EventStore) {}

  @Get('ledger/seal-keys')
  @Public()
  sealKeys(): Promise<object> {
    // Anybody may ask, and the line is read for it: once in a while is enough.
    if (performance.now() - this.keysAt > REREAD_MS) {
      this.keysAt = performance.now();
      this.keys = this.readKeys();
      this.keys.catch(() => {
        this.keysAt = Number.NEGATIVE_INFINITY;
      });
    }
    return this.keys as Promise<object>;
  }

  @Get('schemas/charge-proof.v1.json')
  @Public()
  chargeProofSchema(): object {
    return chargeProofSchema;
  }

  @Get('schemas/ledger-bundle-line.v1.json')
  @Public()
  ledgerBundleLineSchema(): object {
    return ledgerBundleLineSchema;
  }

  private async readKeys(): Promise<object> {
    const keys: object[] = [];
    let lastSeal: object | null = null;
    const stream = streamName(ledgerSeal.category, LEDGER_SEAL_ID);
    for await (const page of this.store.readStream(stream)) {
      for (const recorded of page) {
        const { type, data } = toDomainEvent(recorded) as LedgerSealEvent;
        if (type === 'LedgerSealed') lastSeal = data;
        else keys.push(data);
      }
    }
    return { keys, lastSeal };
  }
}

const REREAD_MS = 10_000;
