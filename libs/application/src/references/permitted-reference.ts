import {
  type ConsentStanding,
  consentStanding,
  type DomainError,
  validationError,
} from '@imprest/domain';
import type { DeciderRunner } from '../deciding/decider-runner.js';
import { referenceConsentStream } from '../deciding/stream-types.js';
import type { StoredReferences } from './stored-references.js';

const GONE = 'is not, or not any more, a reference that was uploaded';

const rules: Readonly<Partial<Record<ConsentStanding, string>>> = {
  expired: 'is a reference whose consent has expired',
  withdrawn: 'is a reference whose consent was withdrawn',
};

/** Why a new request may not use an uploaded reference; undefined when it may. */
export async function referenceProblem(
  { runner, references }: { readonly runner: DeciderRunner; readonly references: StoredReferences },
  tenantId: string,
  { field, id, now }: { readonly field: string; readonly id: string; readonly now: string },
): Promise<DomainError | undefined> {
  if (!references.owns(tenantId, id)) return validationError(field, GONE);
  const standing = await runner.read(referenceConsentStream, id, (state) =>
    consentStanding(state, now),
  );
  const rule = rules[standing];
  if (rule !== undefined) return validationError(field, rule);
  return (await references.has(tenantId, id)) ? undefined : validationError(field, GONE);
}
