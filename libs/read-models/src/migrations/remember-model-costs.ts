/** GPU-milliseconds for a megapixel or a second of clip. */
export const rememberModelCosts = {
  name: 'RememberModelCosts1763700030000',
  up: `
    create table read_models.model_costs (
      model text primary key,
      mean double precision not null,
      deviation double precision not null,
      samples bigint not null
    );
  `,
} as const;
