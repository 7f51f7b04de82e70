import { DomainFailure, TOKENS_PER_CREDIT } from '@imprest/application';
import { type DomainError, domainError } from '@imprest/domain';
import { Inject, Injectable } from '@nestjs/common';

/** Facts of errors that are amounts of tokens. */
const TOKENS: ReadonlySet<string> = new Set(['balance', 'required', 'limit', 'spent']);

/** The unit of this dialect, of which the core knows nothing. */
@Injectable()
export class Credits {
  constructor(@Inject(TOKENS_PER_CREDIT) private readonly tokensPerCredit: number) {}

  /** Tells a balance or a budget that is too small in credits. */
  async toldIn<T>(work: () => Promise<T>): Promise<T> {
    try {
      return await work();
    } catch (error) {
      throw error instanceof DomainFailure ? new DomainFailure(this.reworded(error.error)) : error;
    }
  }

  private reworded(error: DomainError): DomainError {
    if (error.code !== 'insufficient_balance' && error.code !== 'budget_exceeded') return error;
    const facts = Object.entries(error.details ?? {}).map(([name, value]) => [
      name,
      TOKENS.has(name) ? Number(value) / this.tokensPerCredit : value,
    ]);
    const details = Object.fromEntries(facts);
    const have =
      error.code === 'insufficient_balance'
        ? `${details.balance} are available`
        : `its budget of ${details.limit} has ${this.left(error)} left`;
    const message = `this request costs ${details.required} credits, and ${have}`;
    return domainError(error.code, message, { details });
  }

  /** Subtracted in whole tokens: differences of fractions are not exact. */
  private left({ details = {} }: DomainError): number {
    return (Number(details.limit) - Number(details.spent)) / this.tokensPerCredit;
  }
}
