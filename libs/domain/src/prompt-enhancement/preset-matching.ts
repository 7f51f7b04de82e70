import { editDistance } from './edit-distance.js';
import type { Preset, PresetLibrary } from './preset-library.js';

export interface PresetMatches {
  /** What is left of the prompt once phrases that are nothing but a label are taken out. */
  readonly rest: readonly string[];
  /** In the order in which the prompt names them. */
  readonly presets: readonly Preset[];
}

/** A label as a prompt may say it: its words without spaces and signs. */
interface Spelling {
  readonly preset: Preset;
  readonly joined: string;
  readonly words: number;
  readonly digits: string;
}

interface Found {
  readonly preset: Preset;
  readonly from: number;
  readonly to: number;
  readonly distance: number;
}

export const MAX_PRESETS = 8;
const LETTERS_PER_SLIP = 8;
const MOST_SLIPS = 2;
const FILLERS = new Set([
  'a',
  'an',
  'the',
  'in',
  'at',
  'with',
  'from',
  'on',
  'and',
  'shot',
  'view',
]);

export function wordsOf(text: string): readonly string[] {
  const plain = text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();
  return plain.match(/[\p{L}\p{N}]+/gu) ?? [];
}

const digitsOf = (text: string) => text.replace(/\P{N}/gu, '');

function spelling(preset: Preset, text: string): Spelling {
  const words = wordsOf(text);
  const joined = words.join('');
  return { preset, joined, words: words.length, digits: digitsOf(joined) };
}

/** Spellings by their first letter, which no slip changes. */
interface Index {
  readonly byFirst: ReadonlyMap<string, readonly Spelling[]>;
  readonly mostWords: number;
}

const indexes = new WeakMap<PresetLibrary, Index>();

/** Worked out once for a library: it does not change while the program runs. */
function indexOf(library: PresetLibrary): Index {
  const known = indexes.get(library);
  if (known !== undefined) return known;
  const spellings = library.presets.flatMap((preset) =>
    [preset.label, ...preset.aliases].map((text) => spelling(preset, text)),
  );
  const byFirst = new Map<string, Spelling[]>();
  for (const one of spellings) {
    const first = one.joined.charAt(0);
    byFirst.set(first, [...(byFirst.get(first) ?? []), one]);
  }
  const index = {
    byFirst,
    mostWords: Math.max(0, ...spellings.map(({ words }) => words)),
  };
  indexes.set(library, index);
  return index;
}

/** Slips of the pen are forgiven in long labels; a first letter and a number never are. */
function distanceTo({ joined, digits }: Spelling, said: string): number | undefined {
  if (said === joined) return 0;
  const most = Math.min(MOST_SLIPS, Math.floor(joined.length / LETTERS_PER_SLIP));
  if (most === 0 || Math.abs(said.length - joined.length) > most) return undefined;
  if (digitsOf(said) !== digits) return undefined;
  const distance = editDistance(said, joined, most);
  return distance <= most ? distance : undefined;
}

/** Closest first, then the one that says most, then the one that stands in front, then by label. */
function better(one: Found, other: Found): number {
  return (
    one.distance - other.distance ||
    other.to - other.from - (one.to - one.from) ||
    one.from - other.from ||
    (one.preset.label < other.preset.label ? -1 : 1)
  );
}

function labelsIn(words: readonly string[], library: PresetLibrary): readonly Found[] {
  const { byFirst, mostWords } = indexOf(library);
  const found: Found[] = [];
  for (const [from, word] of words.entries()) {
    const candidates = byFirst.get(word.charAt(0)) ?? [];
    let said = '';
    for (let to = from + 1; candidates.length > 0 && to <= from + mostWords + 1; to += 1) {
      const next = words[to - 1];
      if (next === undefined) break;
      said += next;
      for (const candidate of candidates) {
        // A word may be written as two, or two as one: mid-day, goldenhour.
        if (Math.abs(candidate.words - (to - from)) > 1) continue;
        const distance = distanceTo(candidate, said);
        if (distance !== undefined) found.push({ preset: candidate.preset, from, to, distance });
      }
    }
  }
  const chosen: Found[] = [];
  for (const one of found.sort(better)) {
    if (chosen.every(({ from, to }) => one.to <= from || to <= one.from)) chosen.push(one);
  }
  return chosen.sort((a, b) => a.from - b.from);
}

/** Whether labels and words that join them are all that a phrase says. */
function saysNothingElse(words: readonly string[], labels: readonly Found[]): boolean {
  return words.every(
    (word, at) => FILLERS.has(word) || labels.some(({ from, to }) => from <= at && at < to),
  );
}

/** The library's labels that a prompt names, phrase by phrase; small slips in long ones are forgiven. */
export function matchPresets(prompt: string, library: PresetLibrary): PresetMatches {
  const rest: string[] = [];
  const presets = new Set<Preset>();
  for (const part of prompt.split(/[,;\n]/)) {
    const phrase = part.trim();
    if (phrase === '') continue;
    const words = wordsOf(phrase);
    const labels = labelsIn(words, library);
    const taken = labels.filter(({ preset }) => presets.has(preset) || presets.size < MAX_PRESETS);
    for (const { preset } of taken) if (presets.size < MAX_PRESETS) presets.add(preset);
    const isLabel = labels.length > 0 && taken.length === labels.length;
    if (!isLabel || !saysNothingElse(words, labels)) rest.push(phrase);
  }
  return { rest, presets: [...presets] };
}
