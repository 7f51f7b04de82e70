import { type CharacterProfile, profileProblem, profileText } from '@imprest/domain';
import { DomainFailure } from '../domain-failure.js';
import { judgePrompt, refusedContent } from '../moderation/index.js';
import type { Moderator } from '../ports/moderator.js';

/**
 * Rules of the domain first, then what the words imply: whoever is or seems a minor is refused, always.
 * @throws DomainFailure validation_error, content_policy, unavailable when nobody can judge it
 */
export async function judgeProfile(moderator: Moderator, profile: CharacterProfile): Promise<void> {
  const problem = profileProblem(profile.name, profile.traits);
  if (problem !== undefined) throw new DomainFailure(problem);
  const verdict = await judgePrompt(moderator, { prompt: profileText(profile), adultsOnly: true });
  if (verdict.outcome !== 'allow') throw refusedContent('the character', verdict.category);
}
