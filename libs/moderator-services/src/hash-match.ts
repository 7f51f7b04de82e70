import type { OutputJudgement, OutputModerator, OutputSubject } from '@imprest/application';
import { ProviderHttp } from '@imprest/provider-http';
import { AnswerInvalid } from './moderation-answer.js';

export interface HashMatchOptions {
  /** The whole URL to post to, of the operator's configuration. */
  readonly url: string;
  readonly key?: string;
}

const ANSWER_MS = 10_000;
const LONGEST_NAME = 100;

/** Asks a service of known files for one: `POST {sha256}`, answered with `{match, list?}`. */
export class HashMatch implements OutputModerator {
  readonly name = 'hash-match';
  private readonly http: ProviderHttp;
  private readonly path: string;

  constructor({ url, key }: HashMatchOptions) {
    const { origin, pathname, search } = new URL(url);
    this.path = pathname + search;
    const deadlines = { connectMs: 5_000, answerMs: ANSWER_MS, idleMs: ANSWER_MS };
    this.http = new ProviderHttp({ provider: this.name, url: origin, key, deadlines });
  }

  /** @throws Error without an answer in time, and for one that does not say whether it matches */
  async judge({ sha256 }: OutputSubject, signal: AbortSignal): Promise<OutputJudgement> {
    const answer = await this.http.send({
      method: 'POST',
      path: this.path,
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ sha256 }),
      signal,
    });
    if (answer.status !== 200) {
      await answer.discard();
      throw new AnswerInvalid(`${this.name} answered ${answer.status}`);
    }
    return judgement(await answer.json());
  }

  /** Ends what is under way. Safe to repeat. */
  close(): Promise<void> {
    return this.http.close();
  }
}

function judgement(answer: unknown): OutputJudgement {
  const { match, list } = (answer ?? {}) as { readonly match?: unknown; readonly list?: unknown };
  if (typeof match !== 'boolean')
    throw new AnswerInvalid('the answer does not say whether it matches');
  const version = typeof list === 'string' && list !== '' ? list.slice(0, LONGEST_NAME) : 'unnamed';
  const provider = 'hash-match';
  if (!match) return { provider, version, outcome: 'allow', category: null, score: null };
  return { provider, version, outcome: 'block', category: 'known_file', score: 1 };
}
