const MIN_PASSWORD_LENGTH = 12;

/** What is wrong with a new password, null when it will do. The API decides; this saves the way. */
export function passwordProblem(password: string): string | null {
  if (password.length < MIN_PASSWORD_LENGTH) {
    return `At least ${MIN_PASSWORD_LENGTH} characters: several words are easy to remember.`;
  }
  return null;
}
