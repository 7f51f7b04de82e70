import { isName, Shape } from './shape.js';

/** Terms of one meaning. Any one of them stands for the group. */
export interface TermGroup {
  /** Words, or words in a row, in any case and spelling the matcher folds. */
  readonly terms: readonly string[];
  /** Terms made of every age from 0 up to, not including, `below`: `{age}` in a form is the age in digits and in English words. */
  readonly ages?: { readonly below: number; readonly forms: readonly string[] };
  /** Terms whose words do not count for this group. */
  readonly unless: readonly string[];
}

export interface Rule {
  /** Shown to the caller. */
  readonly category: string;
  /** Names of groups that must all occur. */
  readonly allOf: readonly string[];
  /** Most words from the first to the last of them; the whole prompt when absent. */
  readonly within?: number;
  /** Moderation classes of the models that it is for; all when absent. */
  readonly classes?: readonly string[];
}

export interface RuleSet {
  /** Named in every verdict and so in the audit: change it with the rules. */
  readonly version: string;
  readonly groups: ReadonlyMap<string, TermGroup>;
  readonly rules: readonly Rule[];
}

const LIMITS = {
  groups: 500,
  rules: 500,
  terms: 2_000,
  termLength: 64,
  forms: 40,
  within: 1_000,
  classes: 40,
};
const CATEGORY = /^[a-z][a-z0-9_]{0,63}$/;
const CLASS = /^[a-z][a-z0-9-]{0,39}$/;
const VERSION = /^[A-Za-z0-9._-]{1,40}$/;
/** Ages are spelled out in English up to here. */
const MOST_BELOW = 21;

/**
 * Reads `{ version, groups: { name: { terms, ages?, unless? } }, rules: [{ category, allOf: [group names] | any: [terms], within?, classes? }] }`.
 * Terms are literal. Regular expressions are refused, as node's engine cannot bound their time: whoever may
 * add a rule could stop the service with one.
 * @param known names of groups defined elsewhere that the rules may use and must not define again.
 * @throws RuleSetInvalid naming the place, never the term.
 */
export function parseRuleSet(data: unknown, known: Iterable<string> = []): RuleSet {
  const root = Shape.of(data, 'rules').object(['version', 'groups', 'rules']);
  const groups = new Map<string, TermGroup>();
  const taken = new Set(known);
  for (const [name, shape] of root.optional('groups')?.entries(LIMITS.groups) ?? []) {
    if (!isName(name)) shape.refuse('has a name that is not 1 to 64 of a-z, 0-9 and -');
    if (taken.has(name)) shape.refuse('is built in and cannot be replaced');
    groups.set(name, parseGroup(shape));
  }
  const rules = root
    .required('rules')
    .items(LIMITS.rules)
    .map((shape, index) => parseRule(shape, index, groups));
  for (const [index, rule] of rules.entries()) {
    const missing = rule.allOf.some((name) => !groups.has(name) && !taken.has(name));
    if (missing) root.refuse(`rules[${index}] names a group that does not exist`);
  }
  return { version: root.required('version').text(VERSION), groups, rules };
}

function parseGroup(shape: Shape): TermGroup {
  const group = shape.object(['terms', 'ages', 'unless']);
  const terms = parseTerms(group.required('terms'));
  const exceptions = group.optional('unless');
  const unless = exceptions === undefined ? [] : parseTerms(exceptions);
  const ages = group.optional('ages')?.object(['below', 'forms']);
  if (ages === undefined) return { terms, unless };
  const forms = ages.required('forms').items(LIMITS.forms);
  return {
    terms,
    unless,
    ages: {
      below: ages.required('below').integer(1, MOST_BELOW),
      forms: forms.map((form) => {
        const text = form.text(/^[^{}]*\{age\}[^{}]*$/u);
        return text.length <= LIMITS.termLength ? text : form.refuse('is too long');
      }),
    },
  };
}

function parseRule(shape: Shape, index: number, groups: Map<string, TermGroup>): Rule {
  const rule = shape.object(['category', 'allOf', 'any', 'within', 'classes']);
  const category = rule.required('category').text(CATEGORY);
  const within = rule.optional('within')?.integer(1, LIMITS.within);
  const any = rule.optional('any');
  const allOf = rule.optional('allOf');
  if ((any === undefined) === (allOf === undefined)) rule.refuse('needs either any or allOf');
  const classes = rule.optional('classes')?.items(LIMITS.classes);
  const limits = {
    ...(within !== undefined && { within }),
    ...(classes !== undefined && { classes: classes.map((name) => name.text(CLASS)) }),
  };
  if (any === undefined) {
    const names = allOf!.items(LIMITS.groups).map((name) => name.text(/^/));
    if (names.length === 0) rule.refuse('names no group');
    return { category, allOf: names, ...limits };
  }
  // No name can hold a space, so this one belongs to the rule alone.
  const own = `rule ${index} of ${category}`;
  groups.set(own, { terms: parseTerms(any), unless: [] });
  return { category, allOf: [own], ...limits };
}

function parseTerms(shape: Shape): string[] {
  return shape.items(LIMITS.terms).map((term) => {
    const text = term.text(/^/);
    if (text.length > LIMITS.termLength) term.refuse(`is over ${LIMITS.termLength} characters`);
    return text;
  });
}
