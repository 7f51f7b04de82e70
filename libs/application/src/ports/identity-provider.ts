/** What ties a sign-in that comes back to the one that was begun in the same browser. */
export interface SignInChecks {
  /** Where the provider sends the browser back to. */
  readonly redirectUri: string;
  readonly state: string;
  readonly nonce: string;
  /** 43 to 128 characters, of which only the SHA-256 leaves (RFC 7636). */
  readonly codeVerifier: string;
}

/** An account as its provider vouches for it. */
export interface ProvidedAccount {
  readonly issuer: string;
  readonly subject: string;
  /** Undefined when the provider does not say, or has not verified it. */
  readonly verifiedEmail: string | undefined;
  /** Whether the provider vouches for a second factor, in words that the operator accepts for one. */
  readonly secondFactorShown: boolean;
}

/** Whoever else knows people. One that answers wrongly is believed nothing. */
export interface IdentityProvider {
  /** Where the person signs in. @throws DomainFailure unavailable */
  signInUrl(checks: SignInChecks): Promise<string>;
  /**
   * Who came back.
   * @param query of the URL that the provider sent the browser to
   * @throws DomainFailure unavailable; unauthorized for an answer that does not hold
   */
  accountOf(query: string, checks: SignInChecks): Promise<ProvidedAccount>;
}
