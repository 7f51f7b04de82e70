import { ProviderHttp } from '@imprest/provider-http';
import { AnswerInvalid } from './moderation-answer.js';

export interface JsonServiceOptions {
  /** As errors and logs call it. */
  readonly name: string;
  readonly url: string;
  readonly key?: string;
  readonly answerMs: number;
}

const CONNECT_MS = 5_000;

/** A service of the operator's that is posted JSON and answers 200 with JSON; whatever else it does is an error. */
export class JsonService {
  private readonly http: ProviderHttp;
  private readonly name: string;

  constructor({ name, url, key, answerMs }: JsonServiceOptions) {
    this.name = name;
    const deadlines = { connectMs: CONNECT_MS, answerMs, idleMs: answerMs };
    this.http = new ProviderHttp({ provider: name, url, key, deadlines });
  }

  /** @throws Error without an answer in time; AnswerInvalid for another status */
  async post(path: string, body: object, signal: AbortSignal): Promise<unknown> {
    const answer = await this.http.send({
      method: 'POST',
      path,
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
      signal,
    });
    if (answer.status === 200) return answer.json();
    await answer.discard();
    throw new AnswerInvalid(`${this.name} answered ${answer.status}`);
  }

  /** Ends what is under way. Safe to repeat. */
  close(): Promise<void> {
    return this.http.close();
  }
}
