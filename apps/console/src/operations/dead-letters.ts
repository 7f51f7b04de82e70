import type { components } from '../api/openapi.ts';

type Schemas = components['schemas'];
export type DeadLetter = Schemas['DeadLetter'];
export type RedriveReport = Schemas['RedriveReport'];
type Redrive = Schemas['Redrive'];

/** What of the filters of the list says which dead letters are meant. */
export function redriveFilter(filters: Readonly<Record<string, string>>): Omit<Redrive, 'reason'> {
  const { tenantId, model, since } = filters;
  const failureClass = filters.class as Redrive['class'];
  return {
    ...(tenantId && { tenantId }),
    ...(model && { model }),
    ...(failureClass && { class: failureClass }),
    ...(since && { since: `${since}T00:00:00Z` }),
  };
}

/** The same in words: `of tenant studio, of class timeout`. */
export function describeFilter(filters: Readonly<Record<string, string>>): string {
  const { tenantId, model, since, class: failureClass } = filters;
  const parts = [
    tenantId && `of tenant ${tenantId}`,
    model && `of model ${model}`,
    failureClass && `of class ${failureClass}`,
    since && `given up since ${since}`,
  ].filter(Boolean);
  return parts.join(', ') || 'of all tenants and models';
}

/** What became of it, with the first reason of a refusal. */
export function describeReport({ redriven, refused }: RedriveReport): string {
  const done = redriven.length === 1 ? '1 request is' : `${redriven.length} requests are`;
  const [first] = refused;
  if (first === undefined) return `${done} done once more.`;
  return `${done} done once more, ${refused.length} refused: ${first.error.message}`;
}

/** Whether it was not done once more, and still can be. */
export const mayBeRedriven = ({ erased, redrivenAs }: Pick<DeadLetter, 'erased' | 'redrivenAs'>) =>
  !erased && redrivenAs === null;
