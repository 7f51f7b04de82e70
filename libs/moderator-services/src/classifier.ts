import { NEVER_ALLOWED } from '@imprest/application';
import { JsonService } from './json-service.js';
import { type Classification, classificationOf } from './moderation-answer.js';

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
  /** Categories that a person decides; what has any other as well is for nobody to decide. */
  readonly reviewed?: readonly string[];
}

export type ClassifierInput =
  | { readonly type: 'text'; readonly text: string }
  | { readonly type: 'image_url'; readonly image_url: { readonly url: string } };

/** What of a classification counts against it; null when nothing does. */
export interface Objection {
  readonly outcome: 'review' | 'block';
  readonly category: string;
  readonly score: number | null;
}

const UNNAMED = 'unspecified';
const ANSWER_MS = 15_000;

/** A classifier that speaks OpenAI's moderation protocol: `POST /v1/moderations`. */
export class Classifier {
  readonly name: string;
  private readonly service: JsonService;
  private readonly allowed: ReadonlySet<string>;
  private readonly reviewed: ReadonlySet<string>;

  constructor(private readonly options: ClassifierOptions) {
    const { name, url, key, allowed = [], reviewed = [] } = options;
    this.name = name;
    this.service = new JsonService({ name, url, key, answerMs: ANSWER_MS });
    this.allowed = new Set(allowed.filter((category) => !NEVER_ALLOWED.includes(category)));
    this.reviewed = new Set(reviewed.filter((category) => !NEVER_ALLOWED.includes(category)));
  }

  /** @throws Error without an answer in time, and for one that is no verdict */
  async classify(input: ClassifierInput, signal: AbortSignal): Promise<Classification> {
    const body = { model: this.options.model, input: [input] };
    return classificationOf(await this.service.post('/v1/moderations', body, signal));
  }

  /** A flag without a category counts: there is nothing in it that anybody has let through. */
  objection({ flagged, categories }: Classification): Objection | null {
    if (categories.length === 0) {
      return flagged ? { outcome: 'block', category: UNNAMED, score: null } : null;
    }
    const counted = categories.filter(({ name }) => !this.allowed.has(name));
    const blocked = counted.find(({ name }) => !this.reviewed.has(name));
    const first = blocked ?? counted[0];
    if (first === undefined) return null;
    const outcome = blocked === undefined ? 'review' : 'block';
    return { outcome, category: first.name, score: first.score };
  }

  /** Ends what is under way. Safe to repeat. */
  close(): Promise<void> {
    return this.service.close();
  }
}
