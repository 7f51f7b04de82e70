import { NEVER_ALLOWED } from '@imprest/application';
import { ProviderHttp } from '@imprest/provider-http';
import { AnswerInvalid, type Classification, classificationOf } from './moderation-answer.js';

export interface ClassifierOptions {
  /** As verdicts, errors and logs call it. */
  readonly name: string;
  /** Of the operator's configuration; `/v1/moderations` is added. */
  readonly url: string;
  readonly key?: string;
  /** What the classifier calls its model. */
  readonly model: string;
  /** Categories that the operator lets through. */
  readonly allowed?: readonly string[];
}

export type ClassifierInput =
  | { readonly type: 'text'; readonly text: string }
  | { readonly type: 'image_url'; readonly image_url: { readonly url: string } };

/** What of a classification counts against it; null when nothing does. */
export interface Objection {
  readonly category: string;
  readonly score: number | null;
}

const UNNAMED = 'unspecified';
const ANSWER_MS = 15_000;

/** A classifier that speaks OpenAI's moderation protocol: `POST /v1/moderations`. */
export class Classifier {
  readonly name: string;
  private readonly http: ProviderHttp;
  private readonly allowed: ReadonlySet<string>;

  constructor(private readonly options: ClassifierOptions) {
    const { name, url, key, allowed = [] } = options;
    this.name = name;
    const deadlines = { connectMs: 5_000, answerMs: ANSWER_MS, idleMs: ANSWER_MS };
    this.http = new ProviderHttp({ provider: name, url, key, deadlines });
    this.allowed = new Set(allowed.filter((category) => !NEVER_ALLOWED.includes(category)));
  }

  /** @throws Error without an answer in time, and for one that is no verdict */
  async classify(input: ClassifierInput, signal: AbortSignal): Promise<Classification> {
    const answer = await this.http.send({
      method: 'POST',
      path: '/v1/moderations',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ model: this.options.model, input: [input] }),
      signal,
    });
    if (answer.status !== 200) {
      await answer.discard();
      throw new AnswerInvalid(`${this.name} answered ${answer.status}`);
    }
    return classificationOf(await answer.json());
  }

  /** A flag without a category counts: there is nothing in it that anybody has let through. */
  objection({ flagged, categories }: Classification): Objection | null {
    if (categories.length === 0) return flagged ? { category: UNNAMED, score: null } : null;
    const [first] = categories.filter(({ name }) => !this.allowed.has(name));
    return first === undefined ? null : { category: first.name, score: first.score };
  }

  /** Ends what is under way. Safe to repeat. */
  close(): Promise<void> {
    return this.http.close();
  }
}
