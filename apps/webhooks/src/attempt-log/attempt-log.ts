import {
  type AttemptContent,
  DATA_KEYS,
  type DataKeys,
  type SealedAttempt,
  sealAttempt,
} from '@imprest/application';
import { LOGGER } from '@imprest/platform';
import { WebhookAttemptLog } from '@imprest/read-models';
import { Inject, Injectable } from '@nestjs/common';
import type { Logger } from 'pino';

/** What was sent in one attempt, and under which key it may be kept. */
export interface LoggedAttempt {
  readonly messageId: string;
  readonly attempt: number;
  readonly dataKeyId: string;
  readonly at: Date;
  readonly content: AttemptContent;
}

const PORTION_MS = 250;
const PORTION = 200;
/** More are not kept: deliveries do not wait for their log. */
const MOST_WAITING = 5_000;

/**
 * Keeps what attempts sent and were answered, in portions, beside deliveries and never before them. It is
 * best effort: what happened is on the message's stream, and what is lost here is content for debugging.
 */
@Injectable()
export class AttemptLog {
  private waiting: LoggedAttempt[] = [];
  private timer: NodeJS.Timeout | undefined;
  private writing: Promise<void> = Promise.resolve();

  constructor(
    @Inject(WebhookAttemptLog) private readonly store: Pick<WebhookAttemptLog, 'record'>,
    @Inject(DATA_KEYS) private readonly dataKeys: DataKeys,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  add(attempt: LoggedAttempt): void {
    if (this.waiting.length >= MOST_WAITING) return;
    this.waiting.push(attempt);
    this.timer ??= setTimeout(() => void this.flush(), PORTION_MS);
  }

  /** Resolves when everything that waited is kept, or given up. */
  flush(): Promise<void> {
    clearTimeout(this.timer);
    this.timer = undefined;
    const attempts = this.waiting;
    this.waiting = [];
    this.writing = this.writing.then(() => this.write(attempts));
    return this.writing;
  }

  private async write(attempts: readonly LoggedAttempt[]): Promise<void> {
    try {
      for (let at = 0; at < attempts.length; at += PORTION) {
        await this.store.record(await this.sealed(attempts.slice(at, at + PORTION)));
      }
    } catch (err) {
      this.logger.warn({ err, attempts: attempts.length }, 'attempts could not be logged');
    }
  }

  /** One that was made again under its number is kept once; one whose content was erased meanwhile is not. */
  private async sealed(attempts: readonly LoggedAttempt[]): Promise<readonly SealedAttempt[]> {
    const keys = await this.dataKeys.open([...new Set(attempts.map((each) => each.dataKeyId))]);
    const sealed = new Map<string, SealedAttempt>();
    for (const { messageId, attempt, dataKeyId, at, content } of attempts) {
      const key = keys.get(dataKeyId);
      if (key === undefined) continue;
      const id = { messageId, attempt };
      const text = sealAttempt(id, content, key);
      sealed.set(`${messageId} ${attempt}`, { ...id, dataKeyId, sealed: text, at });
    }
    return [...sealed.values()];
  }
}
