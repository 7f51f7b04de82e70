/** A bigint column that is a `bigint` here too; node-postgres alone would make it a string. */
export const amount = {
  type: 'bigint',
  transformer: {
    to: (value: bigint | null | undefined) => value?.toString(),
    from: (value: string | null) => (value === null ? null : BigInt(value)),
  },
} as const;

export const amounts = {
  type: 'bigint',
  array: true,
  transformer: {
    to: (values: readonly bigint[] | undefined) => values?.map(String),
    from: (values: readonly string[]) => values.map(BigInt),
  },
} as const;
