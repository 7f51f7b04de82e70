import { type AttemptContent, DATA_KEYS, type DataKeys, openAttempts } from '@imprest/application';
import { WebhookAttemptLog, type WebhookAttemptView, WebhookQueries } from '@imprest/read-models';
import { Inject, Injectable } from '@nestjs/common';

export interface LoggedAttemptView extends WebhookAttemptView {
  /** Null when its time is over, or when what it told was erased. */
  readonly exchange: AttemptContent | null;
}

/** Attempts with what they sent and were answered, opened for the owner of their message. */
@Injectable()
export class AttemptViews {
  constructor(
    private readonly messages: WebhookQueries,
    private readonly log: WebhookAttemptLog,
    @Inject(DATA_KEYS) private readonly dataKeys: DataKeys,
  ) {}

  async ofMessage(messageId: string): Promise<readonly LoggedAttemptView[]> {
    const facts = await this.messages.attempts(messageId);
    const contents = await openAttempts(this.dataKeys, await this.log.ofMessage(messageId));
    return facts.map((fact) => ({ ...fact, exchange: contents.get(fact.attempt) ?? null }));
  }
}
