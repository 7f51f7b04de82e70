import type { OutputVerdict } from '@imprest/domain';
import type { OutputMediaType } from '../ports/generation-provider.js';

/** Somebody who looked at an output did not allow it: it is neither stored nor handed out. */
export class OutputWithheld extends Error {
  override readonly name = 'OutputWithheld';
  constructor(
    /** Hex, of the file as it came. */
    readonly sha256: string,
    readonly mediaType: OutputMediaType,
    readonly verdict: OutputVerdict,
  ) {
    super(`withheld by ${verdict.provider}: ${verdict.category ?? verdict.outcome}`);
  }
}
