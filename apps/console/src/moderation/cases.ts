import { OPERATOR_BASE } from '../api/clients.ts';
import type { components, paths } from '../api/openapi.ts';

type Schemas = components['schemas'];
export type ModerationCase = Schemas['ModerationCase'];
export type ListedCase = Schemas['ModerationCasePage']['cases'][number];
export type CaseMedia = ModerationCase['media'][number];
export type Decision = Schemas['ModerationDecision']['decision'];
export type DecisionReason = Schemas['ModerationDecision']['reason'];
export type ReopeningReason = Schemas['ModerationReopening']['reason'];

const DECISIONS: Readonly<Record<Decision, string>> = {
  uphold: 'Uphold: refused rightly, or stays as it is',
  approve: 'Approve: nothing is wrong with it; a block made by this case is lifted',
  block_end_user: 'Block the end user: no further requests for this person',
  takedown: 'Take down: erase what was delivered, for good',
};

const REASONS: Readonly<Record<DecisionReason, string>> = {
  permitted: 'Permitted content',
  mistaken_classification: 'Mistaken classification',
  minors: 'Minors',
  intimate_without_consent: 'Intimate, without consent',
  real_person: 'A real person',
  violence: 'Violence',
  hate: 'Hate',
  self_harm: 'Self-harm',
  illegal_goods: 'Illegal goods',
  fraud: 'Fraud',
  known_file: 'Known file',
  legal_request: 'Request of an authority or court',
  terms_of_service: 'Terms of service',
  other: 'Other (say what in the note)',
};

const REOPENING: Readonly<Record<ReopeningReason, string>> = {
  appeal: 'Appeal',
  new_facts: 'New facts',
  mistake: 'Mistake',
};

const options = <Value extends string>(labels: Readonly<Record<Value, string>>) =>
  Object.entries<string>(labels).map(([value, label]) => ({ value: value as Value, label }));

export const reasonOptions = options(REASONS);
export const reopeningOptions = options(REOPENING);

/** What may be decided about a case: only what was delivered can be taken down. */
export function decisionOptions({ kind }: Pick<ModerationCase, 'kind'>) {
  return options(DECISIONS).filter(({ value }) => value !== 'takedown' || kind === 'report');
}

/** Why a person has to look, in words. */
export const GROUNDS: Readonly<Record<ModerationCase['grounds'], string>> = {
  review: 'for review',
  known_file: 'known file',
  minors: 'minors',
  report: 'reported',
};

/** Where the blurred picture of a medium is. */
export function blurredUrl(caseId: string, assetId: string): string {
  return `${OPERATOR_BASE}/admin/v1/moderation/cases/${caseId}/media/${assetId}`;
}

/** The first medium of a listed case that has a picture; undefined when there is nothing to show. */
export function previewOf({ grounds, media }: ListedCase): string | undefined {
  if (grounds === 'known_file') return undefined;
  return media.find(({ mediaType }) => mediaType !== 'video/mp4')?.assetId;
}

/** Whether it should be decided by now. */
export function isOverdue(
  { state, dueAt }: Pick<ListedCase, 'state' | 'dueAt'>,
  now: Date,
): boolean {
  return state === 'open' && Date.parse(dueAt) < now.getTime();
}

type CaseQuery = NonNullable<paths['/admin/v1/moderation/cases']['get']['parameters']['query']>;

/** What the list asks for: open cases, unless the reader says otherwise. */
export function caseQuery(filters: Readonly<Record<string, string>>): CaseQuery {
  const { state = 'open', from, to, ...others } = filters;
  const query = {
    ...others,
    ...(state !== 'all' && { state }),
    ...(from && { from: `${from}T00:00:00Z` }),
    ...(to && { to: `${to}T00:00:00Z` }),
  };
  // Texts of the address; the API says what it does not know.
  return query as CaseQuery;
}
