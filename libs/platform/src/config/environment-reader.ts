import { readFileSync } from 'node:fs';
import { type ConfigKey, type ConfigKeyName, configKeys } from './config-keys.js';

export type Environment = Readonly<Record<string, string | undefined>>;

/** Every problem of the configuration at once, so that one start finds them all. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';
  constructor(readonly problems: readonly string[]) {
    super(`the configuration has ${problems.length} problem(s):\n  ${problems.join('\n  ')}`);
  }
}

/** Reads typed values from the environment and collects what is wrong with them. */
export class EnvironmentReader {
  readonly problems: string[] = [];

  constructor(private readonly environment: Environment) {}

  text(name: ConfigKeyName): string | undefined {
    const key: ConfigKey | undefined = configKeys.find((known) => known.name === name);
    const file = key?.secret ? this.environment[`${name}_FILE`] : undefined;
    const value = file ? this.fromFile(name, file) : this.environment[name];
    return value === undefined || value === '' ? undefined : value;
  }

  integer(name: ConfigKeyName, fallback: number, least: number, most: number): number {
    return this.number(name, fallback, least, most, Number.isInteger, 'a whole number');
  }

  fraction(name: ConfigKeyName, fallback: number): number {
    return this.number(name, fallback, 0, 1, Number.isFinite, 'a number');
  }

  flag(name: ConfigKeyName): boolean {
    return this.oneOf(name, ['true', 'false'], 'false') === 'true';
  }

  oneOf<const T extends string>(name: ConfigKeyName, allowed: readonly T[], fallback: T): T {
    const value = this.text(name) ?? fallback;
    if ((allowed as readonly string[]).includes(value)) return value as T;
    this.problems.push(`${name} must be one of ${allowed.join(', ')}`);
    return fallback;
  }

  private number(
    name: ConfigKeyName,
    fallback: number,
    least: number,
    most: number,
    fits: (value: number) => boolean,
    kind: string,
  ): number {
    const text = this.text(name);
    if (text === undefined) return fallback;
    const value = Number(text);
    if (fits(value) && value >= least && value <= most) return value;
    this.problems.push(`${name} must be ${kind} from ${least} to ${most}`);
    return fallback;
  }

  private fromFile(name: string, file: string): string | undefined {
    try {
      return readFileSync(file, 'utf8').trim();
    } catch {
      this.problems.push(`${name}_FILE names ${file}, which cannot be read`);
      return undefined;
    }
  }
}
