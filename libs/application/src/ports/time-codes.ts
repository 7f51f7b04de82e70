/** Codes of an authenticator app: six digits that change every 30 seconds (RFC 6238). */
export interface TimeCodes {
  /** Base 32, 160 bits of chance. */
  newSecret(): string;
  /** `otpauth://…`, for an app to read as a QR code. */
  uri(secret: string, account: string, issuer: string): string;
  /** The time step that the code belongs to, one before and one after now allowed; undefined for a wrong one. */
  stepOf(secret: string, code: string, now: Date): number | undefined;
}
