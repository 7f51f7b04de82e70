import { caseGrounds, decisionReasons, type ModerationCaseState } from '@imprest/domain';

const BY_OPERATOR = "blocked by the operator's moderation";

const ofCase = (why: string) => `moderation: ${why}`;

const ofCases: ReadonlySet<string> = new Set([...decisionReasons, ...caseGrounds].map(ofCase));

/** Why a case blocks its end user, for operators. */
export function blockReason({
  reason,
  grounds,
}: Pick<ModerationCaseState, 'reason' | 'grounds'>): string {
  return ofCase(reason ?? grounds);
}

/** Why an end user is blocked, for the tenant, who is not told what moderators or lists of known files saw. */
export function blockReasonForTenant(reason: string): string {
  return ofCases.has(reason) ? BY_OPERATOR : reason;
}
