export interface ConfigKey {
  readonly name: string;
  /** What applies when the variable is not set, in words for the documentation. */
  readonly default: string;
  readonly meaning: string;
  /** Secrets may also come from a file named by `<NAME>_FILE`. */
  readonly secret?: true;
}
