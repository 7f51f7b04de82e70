import type { Answer } from './api-client.js';
import { type DescribedOperation, operations } from './api-document.js';

export const startingWith = (...prefixes: readonly string[]): readonly DescribedOperation[] =>
  operations.filter(({ path }) => prefixes.some((prefix) => path.startsWith(prefix)));

/** All that is described of tenants and operators, whose keys and sessions are no matter here. */
export const ofTenants = startingWith('/v1/', '/api/v1/');
export const ofOperators = startingWith('/admin/v1/');

export const isSafe = ({ method }: DescribedOperation): boolean => method === 'GET';

const described = (pattern: RegExp, { description = '' }: DescribedOperation) =>
  pattern.exec(description)?.[1] ?? '';

export const scopeOf = (operation: DescribedOperation): string =>
  described(/Scope `([a-z_:]+)`/, operation);

/** Empty where any will do. */
export const areaOf = (operation: DescribedOperation): string =>
  described(/Area `(\w+)` of operators/, operation);

/** With ids of the right form under which there is nothing. */
export const addressOf = ({ path }: DescribedOperation): string =>
  path.replaceAll(/\{\w+\}/g, 'nothing');

/**
 * Asks for all of them, one after the other.
 * @param expected status, and what the answer has to say in whatever words the route's dialect has
 * @returns those that were answered otherwise
 */
export async function exceptions(
  asked: readonly DescribedOperation[],
  ask: (operation: DescribedOperation) => Promise<Answer>,
  expected: (operation: DescribedOperation) => readonly [status: number, says?: string],
): Promise<readonly string[]> {
  const found: string[] = [];
  for (const operation of asked) {
    const answer = await ask(operation);
    const text = JSON.stringify(answer.body);
    const [status, says = ''] = expected(operation);
    if (answer.status !== status || !text.includes(says)) {
      found.push(`${operation.method} ${operation.path}: ${answer.status} ${text}`);
    }
  }
  return found;
}
