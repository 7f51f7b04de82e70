/** Categories of classifiers that no operator can let through. */
export const NEVER_ALLOWED: readonly string[] = ['sexual/minors'];
