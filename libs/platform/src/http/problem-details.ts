import type { DomainError } from '@imprest/domain';

export const PROBLEM_TYPE = 'application/problem+json';

/** Weight of a media type, 0 to 1, by the caller's own words for it; wildcards ask for nothing special. */
function weightOf(accept: string, mediaType: string): number {
  for (const range of accept.toLowerCase().split(',')) {
    const [name, ...parameters] = range.split(';').map((part) => part.trim());
    if (name !== mediaType) continue;
    const quality = parameters.find((parameter) => parameter.startsWith('q='));
    const weight = quality === undefined ? 1 : Number(quality.slice(2));
    return weight >= 0 && weight <= 1 ? weight : 0;
  }
  return 0;
}

/** Whether `Accept` names problem details, and prefers plain JSON to them nowhere. */
export function asksForProblem(accept: string | undefined): boolean {
  if (accept === undefined) return false;
  const problem = weightOf(accept, PROBLEM_TYPE);
  return problem > 0 && problem >= weightOf(accept, 'application/json');
}

const sentence = (code: string) => code.charAt(0).toUpperCase() + code.slice(1).replace(/_/g, ' ');

/** Problem details (RFC 9457); the type is a name for programs, not a page. */
export function renderProblem({ code, message }: DomainError, status: number, facts: object) {
  const type = `urn:imprest:error:${code}`;
  const body = { type, title: sentence(code), status, detail: message, code, ...facts };
  return { status, body, mediaType: PROBLEM_TYPE };
}
