import { NEVER_ALLOWED } from '@imprest/application';
import type { ConfigKeyName } from './config-keys.js';
import type { EnvironmentReader } from './environment-reader.js';

export interface ClassifierChoice {
  readonly url: string;
  readonly key: string | undefined;
  readonly model: string;
  /** Categories that do not count. */
  readonly allowed: readonly string[];
}

export interface ModerationChoice {
  /** Undefined: the local rules alone judge prompts. */
  readonly promptClassifier: ClassifierChoice | undefined;
  readonly outputClassifier: ClassifierChoice | undefined;
  readonly hashMatch: { readonly url: string; readonly key: string | undefined } | undefined;
  /** File of SHA-256 digests. */
  readonly hashList: string | undefined;
}

type Prefix = 'IMPREST_PROMPT_MODERATION' | 'IMPREST_OUTPUT_MODERATION';

const MODEL = 'omni-moderation-latest';

function address(reader: EnvironmentReader, name: ConfigKeyName): string | undefined {
  const text = reader.text(name);
  if (text === undefined) return undefined;
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url === undefined || url.username !== '' || !/^https?:$/.test(url.protocol)) {
    reader.problems.push(`${name} must be a URL that begins with http:// or https://`);
  }
  return text.replace(/\/+$/, '');
}

function allowedCategories(reader: EnvironmentReader, name: ConfigKeyName): readonly string[] {
  const names = reader.text(name)?.split(',') ?? [];
  const allowed = names.map((each) => each.trim()).filter((each) => each !== '');
  for (const category of allowed) {
    if (NEVER_ALLOWED.includes(category)) {
      reader.problems.push(`${name}: ${category} is never allowed`);
    }
  }
  return allowed;
}

function classifier(reader: EnvironmentReader, prefix: Prefix): ClassifierChoice | undefined {
  const url = address(reader, `${prefix}_URL`);
  const key = reader.text(`${prefix}_KEY`);
  const model = reader.text(`${prefix}_MODEL`) ?? MODEL;
  const allowed = allowedCategories(reader, `${prefix}_ALLOW`);
  return url === undefined ? undefined : { url, key, model, allowed };
}

export function moderationChoice(reader: EnvironmentReader): ModerationChoice {
  const url = address(reader, 'IMPREST_OUTPUT_HASH_MATCH_URL');
  const key = reader.text('IMPREST_OUTPUT_HASH_MATCH_KEY');
  return {
    promptClassifier: classifier(reader, 'IMPREST_PROMPT_MODERATION'),
    outputClassifier: classifier(reader, 'IMPREST_OUTPUT_MODERATION'),
    hashMatch: url === undefined ? undefined : { url, key },
    hashList: reader.text('IMPREST_OUTPUT_HASH_LIST'),
  };
}
