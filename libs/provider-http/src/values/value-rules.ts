import { DataFileError, decimal, type Fields, wholeNumber } from '@imprest/data-files';

export interface TextRule {
  readonly type: 'text';
  readonly mostCharacters: number;
}

export interface NumberRule {
  readonly type: 'whole' | 'decimal';
  readonly least: number;
  readonly most: number;
  /** Whole numbers are `offset` and whole steps more; others are rounded up. */
  readonly step: number;
  readonly offset: number;
  /** Of the operator's choice, for what a request says nothing about. */
  readonly value?: number;
}

export type ValueRule = TextRule | NumberRule;

/** A value breaks the rule for it. */
export class ValueRefusal extends Error {
  override readonly name = 'ValueRefusal';
}

/** No field of a request is longer. */
const MOST_CHARACTERS = 200_000;
const MOST_NUMBER = Number.MAX_SAFE_INTEGER;
const LARGEST_STEP = 1_024;

/** @throws DataFileError */
export function textRule({ mostCharacters = MOST_CHARACTERS }: Fields, where: string): TextRule {
  const most = wholeNumber(mostCharacters, `${where}.mostCharacters`, 1, MOST_CHARACTERS);
  return { type: 'text', mostCharacters: most };
}

/** @throws DataFileError */
export function numberRule(fields: Fields, type: NumberRule['type'], where: string): NumberRule {
  const number = type === 'whole' ? wholeNumber : decimal;
  const least = number(fields.least ?? 0, `${where}.least`, 0, MOST_NUMBER);
  const most = number(fields.most ?? MOST_NUMBER, `${where}.most`, least, MOST_NUMBER);
  const { value, step = 1, offset = 0 } = fields;
  if (type === 'decimal' && (step !== 1 || offset !== 0)) {
    throw new DataFileError(`${where}: only whole numbers have a step and an offset`);
  }
  return {
    ...{ type, least, most },
    step: wholeNumber(step, `${where}.step`, 1, LARGEST_STEP),
    offset: wholeNumber(offset, `${where}.offset`, 0, LARGEST_STEP),
    ...(value !== undefined && { value: number(value, `${where}.value`, least, most) }),
  };
}

/** The least value of the rule's steps that is not below. */
export function roundedUp({ type, step, offset }: NumberRule, value: number): number {
  return type === 'decimal' ? value : Math.ceil((value - offset) / step) * step + offset;
}

/** @param name as a refusal calls it @throws ValueRefusal that names the value and its rule */
export function checkedValue(
  rule: ValueRule,
  name: string,
  value: string | number,
): string | number {
  if (rule.type !== 'text') return checkedNumber(rule, name, value);
  if (typeof value !== 'string') throw new ValueRefusal(`${name} must be a text`);
  if (value.length <= rule.mostCharacters) return value;
  throw new ValueRefusal(`${name} is over ${rule.mostCharacters} characters`);
}

function checkedNumber(rule: NumberRule, name: string, value: string | number): number {
  const { type, least, most } = rule;
  const isWhole = type === 'decimal' || Number.isInteger(value);
  if (typeof value !== 'number' || !Number.isFinite(value) || !isWhole) {
    throw new ValueRefusal(`${name} is ${value}, must be a ${type} number`);
  }
  if (value >= least && value <= most) return roundedUp(rule, value);
  throw new ValueRefusal(`${name} is ${value}, must be from ${least} to ${most}`);
}
