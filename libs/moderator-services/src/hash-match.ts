import {
  KNOWN_FILE,
  type OutputJudgement,
  type OutputModerator,
  type OutputSubject,
} from '@imprest/application';
import { JsonService } from './json-service.js';
import { AnswerInvalid } from './moderation-answer.js';

export interface HashMatchOptions {
  /** The whole URL to post to, of the operator's configuration. */
  readonly url: string;
  readonly key?: string;
}

const NAME = 'hash-match';
const ANSWER_MS = 10_000;
const LONGEST_NAME = 100;

/** Asks a service of known files for one: `POST {sha256}`, answered with `{match, list?}`. */
export class HashMatch implements OutputModerator {
  readonly name = NAME;
  private readonly service: JsonService;
  private readonly path: string;

  constructor({ url, key }: HashMatchOptions) {
    const { origin, pathname, search } = new URL(url);
    this.path = pathname + search;
    this.service = new JsonService({ name: NAME, url: origin, key, answerMs: ANSWER_MS });
  }

  /** @throws Error without an answer in time, and for one that does not say whether it matches */
  async judge({ sha256 }: OutputSubject, signal: AbortSignal): Promise<OutputJudgement> {
    return judgement(await this.service.post(this.path, { sha256 }, signal));
  }

  /** Ends what is under way. Safe to repeat. */
  close(): Promise<void> {
    return this.service.close();
  }
}

function judgement(answer: unknown): OutputJudgement {
  const { match, list } = (answer ?? {}) as { readonly match?: unknown; readonly list?: unknown };
  if (typeof match !== 'boolean')
    throw new AnswerInvalid('the answer does not say whether it matches');
  const version = typeof list === 'string' && list !== '' ? list.slice(0, LONGEST_NAME) : 'unnamed';
  const provider = NAME;
  if (!match) return { provider, version, outcome: 'allow', category: null, score: null };
  return { provider, version, outcome: 'block', category: KNOWN_FILE, score: 1 };
}
