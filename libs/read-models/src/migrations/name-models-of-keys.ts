/** Keys may be bound to some models; those of before may use all. */
export const nameModelsOfKeys = {
  name: 'NameModelsOfKeys1763700008000',
  up: 'alter table read_models.api_keys add column models text[]',
} as const;
