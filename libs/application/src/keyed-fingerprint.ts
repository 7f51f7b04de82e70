import { createHmac } from 'node:crypto';
import type { Secrets } from './secrets.js';

/**
 * The same for what means the same, by its JSON. Keyed, because it outlives an erasure and must not let
 * anyone test guesses of what was erased.
 */
export function keyedFingerprint(
  { pseudonymPepper }: Pick<Secrets, 'pseudonymPepper'>,
  meaning: readonly unknown[],
): string {
  const text = JSON.stringify(meaning);
  return createHmac('sha256', pseudonymPepper).update(text).digest('base64url');
}
