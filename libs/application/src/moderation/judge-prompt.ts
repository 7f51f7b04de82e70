import { domainError } from '@imprest/domain';
import { DomainFailure } from '../domain-failure.js';
import type { ModerationSubject, ModerationVerdict, Moderator } from '../ports/moderator.js';

/** Fails closed: what nobody could judge is not accepted. @throws DomainFailure unavailable */
export function judgePrompt(
  moderator: Moderator,
  subject: ModerationSubject,
): ModerationVerdict | Promise<ModerationVerdict> {
  try {
    const verdict = moderator.review(subject);
    return verdict instanceof Promise ? verdict.catch(unavailable) : verdict;
  } catch (error) {
    return unavailable(error);
  }
}

/** What is told of a refusal: the category, never the rule. */
export function refusedContent(what: string, category: string): DomainFailure {
  const message = `${what} breaks the content policy; nothing was charged`;
  return new DomainFailure(domainError('content_policy', message, { details: { category } }));
}

function unavailable(cause: unknown): never {
  const message = 'the prompt cannot be checked at the moment; nothing was charged';
  const failure = new DomainFailure(domainError('unavailable', message));
  failure.cause = cause;
  throw failure;
}
