/** The rules are not fit to judge by. Says where and why, never what a term is. */
export class RuleSetInvalid extends Error {
  override readonly name = 'RuleSetInvalid';
}

const NAME = /^[a-z0-9-]{1,64}$/;

export function isName(text: string): boolean {
  return NAME.test(text);
}

/** A place in untrusted JSON, with what may be asked of it. Every question refuses what does not fit. */
export class Shape {
  private constructor(
    private readonly value: unknown,
    private readonly place: string,
  ) {}

  static of(value: unknown, place: string): Shape {
    return new Shape(value, place);
  }

  /** @throws RuleSetInvalid */
  refuse(why: string): never {
    throw new RuleSetInvalid(`${this.place} ${why}`);
  }

  /** Refuses keys beside these. */
  object(keys: readonly string[]): Shape {
    const unknown = Object.keys(this.record()).find((key) => !keys.includes(key));
    if (unknown !== undefined) this.refuse(`has an unknown key; known are ${keys.join(', ')}`);
    return this;
  }

  required(key: string): Shape {
    return this.optional(key) ?? this.refuse(`lacks ${key}`);
  }

  optional(key: string): Shape | undefined {
    const record = this.record();
    return Object.hasOwn(record, key) ? new Shape(record[key], `${this.place}.${key}`) : undefined;
  }

  entries(limit: number): [string, Shape][] {
    const entries = Object.entries(this.record());
    if (entries.length > limit) this.refuse(`has more than ${limit} entries`);
    return entries.map(([key, value], i) => [key, new Shape(value, `${this.place}[${i}]`)]);
  }

  items(limit: number): Shape[] {
    if (!Array.isArray(this.value)) return this.refuse('is no list');
    if (this.value.length > limit) this.refuse(`has more than ${limit} items`);
    return this.value.map((item, i) => new Shape(item, `${this.place}[${i}]`));
  }

  text(pattern: RegExp): string {
    if (typeof this.value !== 'string') return this.refuse('is no text');
    return pattern.test(this.value) ? this.value : this.refuse('is malformed');
  }

  integer(least: number, most: number): number {
    const { value } = this;
    if (typeof value === 'number' && Number.isInteger(value) && value >= least && value <= most) {
      return value;
    }
    return this.refuse(`is no whole number from ${least} to ${most}`);
  }

  private record(): Record<string, unknown> {
    if (typeof this.value !== 'object' || this.value === null || Array.isArray(this.value)) {
      return this.refuse('is no object');
    }
    return this.value as Record<string, unknown>;
  }
}
