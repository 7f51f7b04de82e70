import { DomainFailure, TOKENS_PER_CREDIT } from '@imprest/application';
import { type DomainError, domainError } from '@imprest/domain';
import { Inject, Injectable } from '@nestjs/common';

/** The unit of this dialect, of which the core knows nothing. */
@Injectable()
export class Credits {
  constructor(@Inject(TOKENS_PER_CREDIT) private readonly tokensPerCredit: number) {}

  /** Tells a balance that is too small in credits. */
  async toldIn<T>(work: () => Promise<T>): Promise<T> {
    try {
      return await work();
    } catch (error) {
      throw error instanceof DomainFailure ? new DomainFailure(this.reworded(error.error)) : error;
    }
  }

  private reworded(error: DomainError): DomainError {
    if (error.code !== 'insufficient_balance') return error;
    const balance = Number(error.details?.balance ?? 0) / this.tokensPerCredit;
    const required = Number(error.details?.required ?? 0) / this.tokensPerCredit;
    const message = `this request costs ${required} credits, and ${balance} are available`;
    return domainError(error.code, message, { details: { balance, required } });
  }
}
