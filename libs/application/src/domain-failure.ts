import type { DomainError } from '@imprest/domain';

/** An expected failure on its way from a use case to the dialect that will word it. */
export class DomainFailure extends Error {
  override readonly name = 'DomainFailure';
  constructor(readonly error: DomainError) {
    super(error.message);
  }
}
