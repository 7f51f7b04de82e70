import type { RecoverySelection } from '@imprest/domain';

export interface RecoverablePage {
  /** In the order in which the messages were made. */
  readonly ids: readonly string[];
  /** After which message the next page begins; null when nothing is left. */
  readonly next: string | null;
}

/** Lists of webhook messages. It follows the event store and may lag behind it by moments. */
export interface WebhookMessageIndex {
  /** Messages of a selection as they are now. @throws InvalidCursor */
  recoverable(
    tenantId: string,
    selection: RecoverySelection,
    after: string | null,
    limit: number,
  ): Promise<RecoverablePage>;
}
