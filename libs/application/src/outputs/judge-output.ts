import { domainError, type OutputVerdict } from '@imprest/domain';
import { deadline } from '../deadline.js';
import { DomainFailure } from '../domain-failure.js';
import type { OutputModerator, OutputSubject } from '../ports/output-moderator.js';
import { OutputWithheld } from './output-withheld.js';

const PATIENCE_MS = 20_000;

/**
 * Asks one moderator after the other, the first who does not allow ends it. `review` withholds as `block` does:
 * a person looks at it later. Fails closed: whoever cannot judge keeps the output from being stored.
 * @throws OutputWithheld; DomainFailure unavailable with `reason` moderation_unavailable
 */
export async function judgeOutput(
  moderators: readonly OutputModerator[],
  subject: OutputSubject,
  patienceMs = PATIENCE_MS,
): Promise<readonly OutputVerdict[]> {
  const verdicts: OutputVerdict[] = [];
  for (const moderator of moderators) {
    const verdict = await verdictOf(moderator, subject, patienceMs);
    if (verdict.outcome !== 'allow') {
      throw new OutputWithheld(subject.sha256, subject.mediaType, verdict);
    }
    verdicts.push(verdict);
  }
  return verdicts;
}

async function verdictOf(
  moderator: OutputModerator,
  subject: OutputSubject,
  patienceMs: number,
): Promise<OutputVerdict> {
  const startMs = performance.now();
  const limit = deadline(patienceMs);
  try {
    const judgement = await moderator.judge(subject, limit.signal);
    return { ...judgement, latencyMs: Math.round(performance.now() - startMs) };
  } catch (cause) {
    throw unavailable(moderator.name, cause);
  } finally {
    limit.end();
  }
}

function unavailable(name: string, cause: unknown): DomainFailure {
  const message = `${name} could not judge the output: send it again later`;
  const failure = new DomainFailure(
    domainError('unavailable', message, { details: { reason: 'moderation_unavailable' } }),
  );
  failure.cause = cause;
  return failure;
}
