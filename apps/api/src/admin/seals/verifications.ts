import { type CommandContext, EVENT_STORE, type EventStore } from '@imprest/application';
import { CONNECTION_STRING, RequestPressure, YieldingPace } from '@imprest/platform';
import { resultOf, verifyLedger } from '@imprest/read-models';
import { Inject, Injectable } from '@nestjs/common';
import { OperatorRuns } from '../background/operator-runs.js';

export const VERIFICATION = 'ledger-verification';
const LEDGER = 'ledger';

/** Checking the books against the events, as `imprest ledger verify` does, in the background of this process. */
@Injectable()
export class Verifications {
  constructor(
    @Inject(EVENT_STORE) private readonly eventStore: EventStore,
    @Inject(CONNECTION_STRING) private readonly connectionString: string,
    private readonly pressure: RequestPressure,
    private readonly runs: OperatorRuns,
  ) {}

  /** @throws DomainFailure conflict while one is under way */
  start(replay: boolean, reason: string | null, context: CommandContext) {
    const { eventStore, connectionString } = this;
    const pace = new YieldingPace(this.pressure.isHigh);
    const order = { work: VERIFICATION, subject: LEDGER, reason };
    return this.runs.start(order, context, {
      run: ({ tell, signal }) =>
        verifyLedger({
          ...{ eventStore, connectionString, pace, replay },
          onProgress: (progress) => {
            signal.throwIfAborted();
            tell(progress);
          },
        }),
      resultOf: resultOf.verify,
    });
  }
}
