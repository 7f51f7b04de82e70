/** What a classifier saw, of one text or picture. */
export interface Classification {
  readonly flagged: boolean;
  /** Categories that apply, with their scores from 0 to 1, the highest first. */
  readonly categories: readonly { readonly name: string; readonly score: number | null }[];
  /** The highest score of all categories; null when there are none. */
  readonly highest: { readonly name: string; readonly score: number } | null;
  /** The model that classified. */
  readonly version: string;
}

const LONGEST_NAME = 100;
const MOST_CATEGORIES = 200;

/** The classifier answered something else than the protocol says. */
export class AnswerInvalid extends Error {
  override readonly name = 'AnswerInvalid';
}

type Fields = Readonly<Record<string, unknown>>;

function fields(value: unknown, where: string): Fields {
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as Fields;
  throw new AnswerInvalid(`${where} is no object`);
}

const short = (text: unknown): string =>
  (typeof text === 'string' ? text : '').slice(0, LONGEST_NAME);

/**
 * Reads the answer to `POST /v1/moderations` in OpenAI's shape. Categories are an open list. Whatever does not read
 * as a verdict is an error: nothing is allowed by a misunderstanding. @throws AnswerInvalid
 */
export function classificationOf(answer: unknown): Classification {
  const { model, results } = fields(answer, 'the answer');
  if (!Array.isArray(results) || results.length !== 1) {
    throw new AnswerInvalid('results must be one result');
  }
  const { flagged, categories, category_scores: given = {} } = fields(results[0], 'results[0]');
  if (typeof flagged !== 'boolean') throw new AnswerInvalid('results[0].flagged is no boolean');
  const applying = Object.entries(fields(categories, 'results[0].categories'));
  if (applying.length > MOST_CATEGORIES) throw new AnswerInvalid('there are too many categories');
  const scores = fields(given, 'results[0].category_scores');
  const scoreOf = (name: string): number | null => {
    const score = scores[name];
    return typeof score === 'number' && score >= 0 && score <= 1 ? score : null;
  };
  const scored = applying
    .map(([name]) => ({ name: short(name), score: scoreOf(name) ?? -1 }))
    .sort((a, b) => b.score - a.score);
  const [highest] = scored;
  return {
    flagged,
    categories: applying
      .filter(([, applies]) => applies === true)
      .map(([name]) => ({ name: short(name), score: scoreOf(name) }))
      .sort((a, b) => (b.score ?? 0) - (a.score ?? 0)),
    highest: highest === undefined || highest.score < 0 ? null : highest,
    version: short(model) || 'unknown',
  };
}
