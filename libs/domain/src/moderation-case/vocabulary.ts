/** What is to be looked at: a prompt that was refused, an output that was withheld, or one that was delivered. */
export const caseKinds = ['input', 'output', 'report'] as const;
export type CaseKind = (typeof caseKinds)[number];

/**
 * Why somebody has to look. `review`: nobody would decide it yet. `known_file`: a list of known files names it.
 * `minors`: something was seen that involves or implies a minor. `report`: somebody has complained.
 */
export const caseGrounds = ['review', 'known_file', 'minors', 'report'] as const;
export type CaseGrounds = (typeof caseGrounds)[number];

/**
 * `approve`: nothing is wrong with it. `uphold`: it was refused rightly, or stays as it is. `takedown`: what was
 * delivered is erased. `block_end_user`: refused rightly, and no more requests for this end user.
 */
export const caseDecisions = ['approve', 'uphold', 'takedown', 'block_end_user'] as const;
export type CaseDecision = (typeof caseDecisions)[number];

/** A decision names one of these: statistics and statements of reasons are made of them. */
export const decisionReasons = [
  'permitted',
  'mistaken_classification',
  'minors',
  'intimate_without_consent',
  'real_person',
  'violence',
  'hate',
  'self_harm',
  'illegal_goods',
  'fraud',
  'known_file',
  'legal_request',
  'terms_of_service',
  'other',
] as const;
export type DecisionReason = (typeof decisionReasons)[number];

/** Why a case is looked at once more. */
export const reopeningReasons = ['appeal', 'new_facts', 'mistake'] as const;
export type ReopeningReason = (typeof reopeningReasons)[number];
