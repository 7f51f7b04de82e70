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

export interface OutputClassifierChoice extends ClassifierChoice {
  /** Categories that a person decides. */
  readonly reviewed: readonly string[];
}

export interface ModerationChoice {
  /** Undefined: the local rules alone judge prompts. */
  readonly promptClassifier: ClassifierChoice | undefined;
  readonly outputClassifier: OutputClassifierChoice | undefined;
  readonly hashMatch: { readonly url: string; readonly key: string | undefined } | undefined;
  /** File of SHA-256 digests. */
  readonly hashList: string | undefined;
  /** Whether images may be seen before they are finished. */
  readonly previews: boolean;
  /** How long withheld outputs are kept for moderators; 0 keeps none. */
  readonly withheldDays: number;
  /** Within how many hours a case should be decided that nobody has called urgent. */
  readonly caseHours: number;
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

function categories(reader: EnvironmentReader, name: ConfigKeyName): readonly string[] {
  const names = reader.text(name)?.split(',') ?? [];
  const named = names.map((each) => each.trim()).filter((each) => each !== '');
  for (const category of named) {
    if (NEVER_ALLOWED.includes(category)) {
      reader.problems.push(`${name}: ${category} is never allowed`);
    }
  }
  return named;
}

function classifier(reader: EnvironmentReader, prefix: Prefix): ClassifierChoice | undefined {
  const url = address(reader, `${prefix}_URL`);
  const key = reader.text(`${prefix}_KEY`);
  const model = reader.text(`${prefix}_MODEL`) ?? MODEL;
  const allowed = categories(reader, `${prefix}_ALLOW`);
  return url === undefined ? undefined : { url, key, model, allowed };
}

function outputClassifier(reader: EnvironmentReader): OutputClassifierChoice | undefined {
  const chosen = classifier(reader, 'IMPREST_OUTPUT_MODERATION');
  const reviewed = categories(reader, 'IMPREST_OUTPUT_MODERATION_REVIEW');
  return chosen && { ...chosen, reviewed };
}

export function moderationChoice(reader: EnvironmentReader): ModerationChoice {
  const url = address(reader, 'IMPREST_OUTPUT_HASH_MATCH_URL');
  const key = reader.text('IMPREST_OUTPUT_HASH_MATCH_KEY');
  return {
    promptClassifier: classifier(reader, 'IMPREST_PROMPT_MODERATION'),
    outputClassifier: outputClassifier(reader),
    hashMatch: url === undefined ? undefined : { url, key },
    hashList: reader.text('IMPREST_OUTPUT_HASH_LIST'),
    previews: reader.oneOf('IMPREST_PREVIEWS', ['on', 'off'], 'on') === 'on',
    withheldDays: reader.integer('IMPREST_WITHHELD_DAYS', 30, 0, 365),
    caseHours: reader.integer('IMPREST_MODERATION_CASE_HOURS', 24, 1, 720),
  };
}
