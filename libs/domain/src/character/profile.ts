import { type DomainError, domainError, validationError } from '../shared/domain-error.js';

export type TraitValue = string | number | boolean | readonly string[];

/** Free keys and values; `age` is always among them. */
export type CharacterTraits = Readonly<Record<string, TraitValue>>;

/** What is personal about a character. It leaves the process sealed only. */
export interface CharacterProfile {
  readonly name: string;
  readonly traits: CharacterTraits;
}

export const LEAST_AGE = 18;
const MOST_AGE = 150;
export const MAX_NAME_CHARACTERS = 100;
export const MAX_TRAITS = 32;
const MAX_VALUES = 10;
const MAX_VALUE_CHARACTERS = 200;
/** Of all keys and values together: what is left of a prompt is the caller's. */
const MAX_TRAITS_CHARACTERS = 2_000;

const KEY = /^[\p{L}][\p{L}\p{N} _-]{0,39}$/u;
const SAYS_AGE = /(^|[^a-z])(age|aged|ages)([^a-z]|$)|years?[ _-]?old/i;
const CONTROL = /\p{Cc}/u;

/** Beside the moderator's words, and whatever it says: no setting lets a younger one through. */
function tooYoung(field: string): DomainError {
  const message = `${field} says less than ${LEAST_AGE}: characters are adults`;
  return domainError('content_policy', message, { details: { category: 'implied_minor' } });
}

function ageProblem(age: TraitValue | undefined): DomainError | undefined {
  if (typeof age === 'number' && age < LEAST_AGE) return tooYoung('traits.age');
  if (Number.isSafeInteger(age) && (age as number) <= MOST_AGE) return undefined;
  return validationError('traits.age', `must be a whole number from ${LEAST_AGE} to ${MOST_AGE}`);
}

function isText(value: unknown): boolean {
  return typeof value === 'string' && value.length <= MAX_VALUE_CHARACTERS && !CONTROL.test(value);
}

function isTraitValue(value: unknown): value is TraitValue {
  if (Array.isArray(value)) return value.length <= MAX_VALUES && value.every(isText);
  return typeof value === 'boolean' || Number.isFinite(value) || isText(value);
}

function traitProblem(key: string, value: unknown): DomainError | undefined {
  if (!KEY.test(key)) {
    const rule = 'must have keys of 1 to 40 letters, digits, spaces, - and _, a letter first';
    return validationError('traits', rule);
  }
  if (!isTraitValue(value)) {
    const rule = `must be a text of at most ${MAX_VALUE_CHARACTERS} characters, a number, true, false or at most ${MAX_VALUES} such texts`;
    return validationError(`traits.${key}`, rule);
  }
  const years = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
  const isAge = SAYS_AGE.test(key) && typeof years === 'number';
  return isAge && years < LEAST_AGE ? tooYoung(`traits.${key}`) : undefined;
}

/** The first rule that a name and traits break; what they mean is for the moderator to judge. */
export function profileProblem(name: string, traits: CharacterTraits): DomainError | undefined {
  if (!/\S/.test(name) || name.length > MAX_NAME_CHARACTERS || CONTROL.test(name)) {
    return validationError('name', `must be a line of 1 to ${MAX_NAME_CHARACTERS} characters`);
  }
  const entries = Object.entries(traits);
  if (entries.length > MAX_TRAITS)
    return validationError('traits', `must be at most ${MAX_TRAITS}`);
  for (const [key, value] of entries) {
    const problem = traitProblem(key, value);
    if (problem !== undefined) return problem;
  }
  if (JSON.stringify(traits).length > MAX_TRAITS_CHARACTERS) {
    return validationError('traits', `must be at most ${MAX_TRAITS_CHARACTERS} characters in all`);
  }
  return ageProblem(Object.hasOwn(traits, 'age') ? traits.age : undefined);
}

/** Name and traits as text, for whoever judges what they mean. */
export function profileText({ name, traits }: CharacterProfile): string {
  const lines = Object.entries(traits).map(([key, value]) => {
    const words = key.replaceAll('_', ' ');
    return `${words} ${Array.isArray(value) ? value.join(', ') : value}`;
  });
  return [name, ...lines].join('\n');
}
