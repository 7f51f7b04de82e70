let current = '';

/** What unsafe calls must say; it belongs to the session and is kept in memory alone. */
export const csrfToken = () => current;

export function keepCsrfToken(token: string | null): void {
  current = token ?? '';
}
