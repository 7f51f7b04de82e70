import { namedLines } from '../format/named-lines.ts';

type Trait = string | number | boolean | readonly string[];

/** Traits as lines of `name: value`; several texts of one trait stand between bars. */
export function traitLines(traits: Readonly<Record<string, unknown>>): string {
  return Object.entries(traits)
    .map(([name, value]) => `${name}: ${Array.isArray(value) ? value.join(' | ') : String(value)}`)
    .join('\n');
}

function traitOf(text: string): Trait {
  if (/^-?\d+(\.\d+)?$/.test(text)) return Number(text);
  if (text === 'true' || text === 'false') return text === 'true';
  if (!text.includes('|')) return text;
  return text
    .split('|')
    .map((each) => each.trim())
    .filter(Boolean);
}

/** The other way. @throws RangeError for a line that is no `name: value` */
export function traitsOf(lines: string): Record<string, Trait> {
  const traits = namedLines(lines, { name: /\S/, value: /\S/ }, 'trait: write name: value');
  return Object.fromEntries(traits.map(([name, value]) => [name, traitOf(value)]));
}

/** Changes that make the traits `after` of those `before`: what is gone becomes null. */
export function traitChanges(
  before: Readonly<Record<string, unknown>>,
  after: Readonly<Record<string, Trait>>,
): Record<string, Trait | null> {
  const gone = Object.keys(before).filter((name) => !(name in after));
  return { ...Object.fromEntries(gone.map((name) => [name, null])), ...after };
}
