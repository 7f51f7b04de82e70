import { readFileSync } from 'node:fs';

interface Rules {
  readonly groups: Readonly<Record<string, { readonly terms: readonly string[] }>>;
}

const file = new URL('../../libs/moderator-local-rules/rules/built-in.json', import.meta.url);

/** A prompt that the built-in rules refuse: put together from them, since no test writes one out. */
export function refusedPrompt(): string {
  const { groups }: Rules = JSON.parse(readFileSync(file, 'utf8'));
  const term = (group: string) => groups[group]?.terms.find((each) => /^[a-z]{4,}$/.test(each));
  return `a scene in soft light, ${term('implied-minor')} and ${term('sexual')}`;
}
