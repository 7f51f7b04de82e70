/**
 * Slow on purpose: what leaks of a store of hashes must not give the passwords. Either may throw a DomainFailure
 * `unavailable` while too many wait.
 */
export interface PasswordHasher {
  /** A text that names its method and its cost. */
  hash(password: string): Promise<string>;
  /** False also for a text that is no hash. Takes as long for a wrong password as for the right one. */
  verify(hash: string, password: string): Promise<boolean>;
}
