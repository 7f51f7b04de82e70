export interface ModerationSubject {
  readonly prompt: string;
  /** Whether it shows a character, who is an adult: whatever implies a minor is refused then. */
  readonly adultsOnly?: boolean;
  /** Class of the model asked for, in the operator's words: rules may be for some classes only. */
  readonly moderationClass?: string;
}

export type ModerationVerdict =
  | { readonly outcome: 'allow' }
  | {
      readonly outcome: 'block';
      /** Category shown to the caller; the rule itself never is. */
      readonly category: string;
      /** Which reviewer and rule set decided, for the audit event. */
      readonly reviewer: string;
    };

/**
 * Judges a prompt before any debit. A moderator that cannot judge throws, and the request is refused:
 * moderation fails closed. It may answer at once (local rules) or later (a classifier over HTTP).
 */
export interface Moderator {
  review(subject: ModerationSubject): ModerationVerdict | Promise<ModerationVerdict>;
}
