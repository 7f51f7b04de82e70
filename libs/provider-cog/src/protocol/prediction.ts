import { ProviderError } from '@imprest/application';
import { filesInJson, type ProviderAnswer, type ScannedFile } from '@imprest/provider-http';
import { EventScanner, isOutput, MOST_OTHER_BYTES } from './event-scanner.js';

type Fields = Readonly<Record<string, unknown>>;

/** What a running prediction tells, in its order. */
export type PredictionItem =
  | { readonly type: 'file'; readonly file: ScannedFile }
  | { readonly type: 'log'; readonly text: string }
  /** `status`, `error` and `metrics` of a prediction that is over. */
  | { readonly type: 'ended'; readonly prediction: Fields };

export interface FileLimits {
  readonly mostFileBytes: number;
  readonly mostFiles: number;
}

export const fieldsOf = (value: unknown): Fields =>
  typeof value === 'object' && value !== null ? (value as Fields) : {};

/** @throws ProviderError */
export async function* predictionItems(
  answer: ProviderAnswer,
  isStream: boolean,
  limits: FileLimits,
): AsyncGenerator<PredictionItem, void, undefined> {
  if (isStream) yield* streamed(answer, limits);
  else yield* whole(answer, limits);
}

async function* streamed(
  answer: ProviderAnswer,
  limits: FileLimits,
): AsyncGenerator<PredictionItem, void, undefined> {
  const { where } = answer;
  const scanner = new EventScanner({ where, ...limits });
  for await (const piece of answer.pieces()) {
    for (const found of scanner.push(piece)) {
      if ('path' in found) yield { type: 'file', file: found };
      else if (found.name === 'error') {
        throw new ProviderError('infrastructure', `${where}: the stream has lost events`);
      } else if (found.name === 'log') {
        yield { type: 'log', text: String(fieldsOf(found.body).data ?? '') };
      } else if (found.name === 'completed') {
        yield { type: 'ended', prediction: fieldsOf(found.body) };
        return;
      }
    }
  }
  throw new ProviderError('unknown', `${where}: the stream has ended before the prediction`);
}

async function* whole(
  answer: ProviderAnswer,
  limits: FileLimits,
): AsyncGenerator<PredictionItem, void, undefined> {
  const rules = { ...limits, isFile: isOutput, mostOtherBytes: MOST_OTHER_BYTES };
  const files = filesInJson(answer, rules);
  for (;;) {
    const { done, value } = await files.next();
    if (done) {
      yield { type: 'ended', prediction: fieldsOf(value) };
      return;
    }
    yield { type: 'file', file: value };
  }
}
