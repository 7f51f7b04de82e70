import { PaymentProviderUnavailable } from '@imprest/application';

/** Reads typed fields out of a provider's answer. What is missing names the answer and the field. */
export class AnswerFields {
  private constructor(
    private readonly fields: Readonly<Record<string, unknown>>,
    private readonly where: string,
  ) {}

  /** @throws PaymentProviderUnavailable for anything but an object */
  static of(value: unknown, where: string): AnswerFields {
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) {
      return new AnswerFields(value as Readonly<Record<string, unknown>>, where);
    }
    throw new PaymentProviderUnavailable(`${where} is no object`);
  }

  /** @throws PaymentProviderUnavailable */
  text(name: string): string {
    const value = this.fields[name];
    if (typeof value === 'string' && value !== '') return value;
    throw this.missing(name, 'a text');
  }

  optionalText(name: string): string | undefined {
    const value = this.fields[name];
    return typeof value === 'string' && value !== '' ? value : undefined;
  }

  /** @throws PaymentProviderUnavailable */
  integer(name: string): number {
    const value = this.fields[name];
    if (Number.isSafeInteger(value)) return value as number;
    throw this.missing(name, 'a whole number');
  }

  /** Seconds as a point in time. @throws PaymentProviderUnavailable */
  unixTime(name: string): Date {
    return new Date(this.integer(name) * 1_000);
  }

  /** @throws PaymentProviderUnavailable */
  list(name: string): readonly unknown[] {
    const value = this.fields[name];
    if (Array.isArray(value)) return value;
    throw this.missing(name, 'a list');
  }

  flag(name: string): boolean {
    return this.fields[name] === true;
  }

  /** Undefined when it is missing or null. @throws PaymentProviderUnavailable for another type */
  optionalFields(name: string): AnswerFields | undefined {
    const value = this.fields[name];
    if (value === undefined || value === null) return undefined;
    return AnswerFields.of(value, `${this.where}.${name}`);
  }

  private missing(name: string, what: string): PaymentProviderUnavailable {
    return new PaymentProviderUnavailable(`${this.where}.${name} is not ${what}`);
  }
}
