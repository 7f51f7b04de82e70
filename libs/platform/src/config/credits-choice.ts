import type { EnvironmentReader } from './environment-reader.js';

/** The unit of the xavira dialect, and what whoever begins is given of it. */
export interface CreditsChoice {
  readonly tokensPerCredit: number;
  /** 0: nothing. */
  readonly forNewAccounts: number;
}

export function creditsChoice(reader: EnvironmentReader): CreditsChoice {
  return {
    tokensPerCredit: reader.integer('TOKENS_PER_CREDIT', 10, 1, 1_000_000),
    forNewAccounts: reader.integer('NEW_ACCOUNT_CREDITS', 25, 0, 1_000_000),
  };
}
