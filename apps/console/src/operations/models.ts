import type { components } from '../api/openapi.ts';

type Schemas = components['schemas'];
export type Breaker = Schemas['ModelBreaker'];
type Scaled = Schemas['Scaling']['models'][number];
/** A model with its queue and workers, and its breaker if that has ever opened. */
export type ModelState = Scaled & { readonly breaker: Breaker | null };

/** Every model with its breaker; those that get no work first. */
export function withBreakers(
  models: readonly Scaled[],
  breakers: readonly Breaker[],
): ModelState[] {
  const breakerOf = new Map(breakers.map((breaker) => [breaker.model, breaker]));
  const states = models.map((model) => ({ ...model, breaker: breakerOf.get(model.model) ?? null }));
  const isBroken = ({ breaker }: ModelState) => Number((breaker?.status ?? 'closed') !== 'closed');
  return states.sort((left, right) => isBroken(right) - isBroken(left));
}
