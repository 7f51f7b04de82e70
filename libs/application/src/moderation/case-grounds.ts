import type { CaseGrounds } from '@imprest/domain';

/** Category of files that a list or a service of known files names. */
export const KNOWN_FILE = 'known_file';

/** Categories of classifiers and local rules that say that a minor is involved or implied. */
const MINORS: ReadonlySet<string> = new Set(['sexual/minors', 'sexual_minors', 'implied_minor']);

interface Judged {
  readonly outcome: 'allow' | 'review' | 'block';
  readonly category: string | null;
}

/** Why a person has to look at what was judged so; undefined when nobody has to. */
export function groundsOf({ outcome, category }: Judged): CaseGrounds | undefined {
  if (outcome === 'allow') return undefined;
  if (category === KNOWN_FILE) return 'known_file';
  if (category !== null && MINORS.has(category)) return 'minors';
  return outcome === 'review' ? 'review' : undefined;
}
