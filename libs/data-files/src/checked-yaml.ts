import { parse } from 'yaml';

/** A data file of the operator breaks a rule; the message names the entry and the rule. */
export class DataFileError extends Error {
  override readonly name = 'DataFileError';

  /** @param rule what is wrong, without a word about where the file is */
  constructor(
    message: string,
    readonly rule = message,
  ) {
    super(message);
  }
}

export type Fields = Readonly<Record<string, unknown>>;

/** @throws DataFileError for what is no YAML */
export function readYaml(yaml: string): unknown {
  try {
    return parse(yaml);
  } catch (error) {
    throw new DataFileError(error instanceof Error ? error.message : String(error));
  }
}

/** @throws DataFileError */
export function mapping(value: unknown, where: string): Fields {
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as Fields;
  throw new DataFileError(`${where} must be a mapping`);
}

const NAME = /^[a-z0-9][a-z0-9._-]{0,63}$/;

/** A mapping whose keys are names that the operator chose. @throws DataFileError */
export function namedEntries(
  value: unknown,
  where: string,
): readonly (readonly [string, unknown])[] {
  const entries = Object.entries(mapping(value, where));
  const wrong = entries.find(([name]) => !NAME.test(name));
  if (wrong === undefined) return entries;
  throw new DataFileError(`${where}.${wrong[0]}: the name must match ${NAME.source}`);
}

/** A misspelt field would otherwise be a default that nobody asked for. @throws DataFileError */
export function knownFields(given: Fields, names: readonly string[], where = ''): Fields {
  const stranger = Object.keys(given).find((name) => !names.includes(name));
  if (stranger === undefined) return given;
  throw new DataFileError(`${where}${stranger} is not a field: use ${names.join(', ')}`);
}

/** @throws DataFileError */
export function text(value: unknown, where: string): string {
  if (typeof value === 'string' && value !== '') return value;
  throw new DataFileError(`${where} must be a text`);
}

/** @throws DataFileError */
export function wholeNumber(value: unknown, where: string, least: number, most: number): number {
  if (Number.isSafeInteger(value) && (value as number) >= least && (value as number) <= most) {
    return value as number;
  }
  throw new DataFileError(`${where} must be a whole number from ${least} to ${most}`);
}

/** Any finite number within bounds. @throws DataFileError */
export function decimal(value: unknown, where: string, least: number, most: number): number {
  if (typeof value === 'number' && value >= least && value <= most) return value;
  throw new DataFileError(`${where} must be a number from ${least} to ${most}`);
}

/** @throws DataFileError */
export function lines(value: unknown, where: string): readonly string[] {
  if (!Array.isArray(value)) throw new DataFileError(`${where} must be a list of texts`);
  return value.map((line, index) => text(line, `${where}[${index}]`));
}

/** @throws DataFileError */
export function flag(value: unknown, where: string): boolean {
  if (typeof value === 'boolean') return value;
  throw new DataFileError(`${where} must be true or false`);
}

/** @throws DataFileError */
export function choice<const T extends string>(value: unknown, where: string, of: readonly T[]): T {
  const found = of.find((each) => each === value);
  if (found !== undefined) return found;
  throw new DataFileError(`${where} must be one of ${of.join(', ')}`);
}

/** At least one of a closed list, each once. @throws DataFileError */
export function choices<const T extends string>(
  value: unknown,
  where: string,
  of: readonly T[],
): readonly T[] {
  const chosen = lines(value, where).map((each, index) => choice(each, `${where}[${index}]`, of));
  if (chosen.length > 0 && new Set(chosen).size === chosen.length) return chosen;
  throw new DataFileError(`${where} must name one of ${of.join(', ')} at least, each once`);
}
