import { createHash } from 'node:crypto';
import type { ModerationSubject, ModerationVerdict, Moderator } from '@imprest/application';
import { ageTerms } from './age-terms.js';
import { readBuiltInRules } from './built-in-rules.js';
import { GroupHits } from './group-hits.js';
import { parseRuleSet, type RuleSet, type TermGroup } from './rule-set.js';
import { type Term, TermMatcher } from './term-matcher.js';

export interface LocalRulesOptions {
  /**
   * The operator's own rules as parsed JSON, in the format of rule-set.ts. They come on top of the
   * built-in ones, may use their groups, and can neither replace nor weaken them.
   */
  readonly extraRules?: unknown;
}

/** What it means to find a term. */
interface Meaning {
  readonly term: Term;
  readonly group: number;
  /** How many words from the first on do not count for the group; 0 for a term that counts itself. */
  readonly exemptWords: number;
}

interface CompiledRule {
  readonly verdict: ModerationVerdict;
  readonly groups: readonly number[];
  readonly within: number | undefined;
  /** Undefined for all. */
  readonly classes: readonly string[] | undefined;
}

/** Group of the built-in rules that is refused by itself wherever a character is shown. */
const IMPLIED_MINOR = 'implied-minor';
const IMPLIED_MINOR_CATEGORY = 'implied_minor';

const ALLOW: ModerationVerdict = { outcome: 'allow' };

/**
 * Judges a prompt by word lists, at once and without I/O. The first rule that applies gives the category, the
 * built-in ones first.
 */
export class LocalRulesModerator implements Moderator {
  private readonly matcher: TermMatcher;
  private readonly meanings: readonly Meaning[];
  private readonly rules: readonly CompiledRule[];
  private readonly hits: GroupHits;
  private readonly impliedMinor: CompiledRule;

  /** @throws RuleSetInvalid naming the place in the rules. */
  constructor({ extraRules }: LocalRulesOptions = {}) {
    const builtIn = readBuiltInRules();
    const sets = [parseRuleSet(builtIn)];
    if (extraRules !== undefined) sets.push(parseRuleSet(extraRules, sets[0]!.groups.keys()));
    const reviewer = reviewerName(sets, [builtIn, extraRules]);
    const groups = sets.flatMap((set) => [...set.groups]);
    const numbers = new Map(groups.map(([name], number) => [name, number]));
    this.meanings = groups.flatMap(([, group], number) => meaningsOf(group, number));
    this.matcher = new TermMatcher(this.meanings.map((meaning) => meaning.term));
    this.hits = new GroupHits(groups.length);
    this.rules = sets
      .flatMap((set) => set.rules)
      .map(({ category, allOf, within, classes }) => ({
        verdict: { outcome: 'block', category, reviewer },
        groups: allOf.map((name) => numbers.get(name)!),
        within,
        classes,
      }));
    this.impliedMinor = {
      verdict: { outcome: 'block', category: IMPLIED_MINOR_CATEGORY, reviewer },
      groups: [numbers.get(IMPLIED_MINOR)!],
      within: undefined,
      classes: undefined,
    };
  }

  /** @throws TextTooLong */
  review({ prompt, adultsOnly, moderationClass = '' }: ModerationSubject): ModerationVerdict {
    const { hits, meanings } = this;
    hits.clear();
    this.matcher.match(prompt, (term, word) => {
      const { group, exemptWords } = meanings[term]!;
      if (exemptWords === 0) hits.add(group, word);
      else hits.except(group, word, exemptWords);
    });
    if (hits.none) return ALLOW;
    const rule = this.rules.find(
      ({ groups, within, classes }) =>
        (classes?.includes(moderationClass) ?? true) &&
        (within === undefined ? hits.all(groups) : hits.allWithin(groups, within)),
    );
    if (rule !== undefined) return rule.verdict;
    const { groups, verdict } = this.impliedMinor;
    return adultsOnly && hits.all(groups) ? verdict : ALLOW;
  }
}

function meaningsOf({ terms, ages, unless }: TermGroup, group: number): Meaning[] {
  const literal = terms.map((text) => ({ text }));
  const counted = ages === undefined ? literal : [...literal, ...ageTerms(ages)];
  return [
    ...counted.map((term) => ({ term, group, exemptWords: 0 })),
    ...unless.map((text) => ({ term: { text }, group, exemptWords: text.split(/[ -]+/).length })),
  ];
}

/** Version and content: two rule files that claim the same version are told apart in the audit. */
function reviewerName(sets: readonly RuleSet[], sources: readonly unknown[]): string {
  const names = sets.map(({ version }, i) => {
    const hash = createHash('sha256').update(JSON.stringify(sources[i])).digest('hex');
    return `${version}@${hash.slice(0, 8)}`;
  });
  return `local-rules/${names.join('+')}`;
}
