import type { components } from '../api/openapi.ts';

export type Worker = components['schemas']['Worker'];

/** Whether a worker is what the filters ask for: a state, and a model that it serves. */
export function fits(
  { state, models }: { readonly state: Worker['state']; readonly models: readonly string[] | null },
  filters: Readonly<Record<string, string>>,
): boolean {
  const { state: wanted = state, model } = filters;
  const serves = model === undefined || models === null || models.includes(model);
  return state === wanted && serves;
}
