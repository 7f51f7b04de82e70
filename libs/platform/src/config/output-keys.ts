import type { ConfigKey } from './config-key.js';

/** Who judges what goes in and comes out, and who signs what comes out. */
export const outputKeys = [
  {
    name: 'IMPREST_PROMPT_MODERATION_URL',
    default: 'empty',
    meaning:
      'classifier that reads prompts after the local rules, in the shape of OpenAI (`/v1/moderations` is added); empty: none (see docs/moderation.md)',
  },
  {
    name: 'IMPREST_PROMPT_MODERATION_KEY',
    default: 'empty',
    meaning: 'bearer token for it',
    secret: true,
  },
  {
    name: 'IMPREST_PROMPT_MODERATION_MODEL',
    default: 'omni-moderation-latest',
    meaning: 'what it calls its model',
  },
  {
    name: 'IMPREST_PROMPT_MODERATION_ALLOW',
    default: 'empty',
    meaning: 'categories of it that do not count, comma-separated',
  },
  {
    name: 'IMPREST_OUTPUT_MODERATION_URL',
    default: 'empty',
    meaning:
      'classifier that looks at every output before it is stored, in the shape of OpenAI; empty: what the provider of the model lets through counts',
  },
  {
    name: 'IMPREST_OUTPUT_MODERATION_KEY',
    default: 'empty',
    meaning: 'bearer token for it',
    secret: true,
  },
  {
    name: 'IMPREST_OUTPUT_MODERATION_MODEL',
    default: 'omni-moderation-latest',
    meaning: 'what it calls its model',
  },
  {
    name: 'IMPREST_OUTPUT_MODERATION_ALLOW',
    default: 'empty',
    meaning: 'categories of it that do not count, comma-separated',
  },
  {
    name: 'IMPREST_OUTPUT_MODERATION_REVIEW',
    default: 'empty',
    meaning:
      'categories of it that a moderator decides, comma-separated: the output is withheld at once, and waits in the queue of the moderation desk',
  },
  {
    name: 'IMPREST_OUTPUT_HASH_MATCH_URL',
    default: 'empty',
    meaning: 'service that knows files: `POST {sha256}`, answered with `{match, list}`',
  },
  {
    name: 'IMPREST_OUTPUT_HASH_MATCH_KEY',
    default: 'empty',
    meaning: 'bearer token for it',
    secret: true,
  },
  {
    name: 'IMPREST_OUTPUT_HASH_LIST',
    default: 'empty',
    meaning: 'file of SHA-256 digests of outputs that are never handed out, one a line',
  },
  {
    name: 'IMPREST_PREVIEWS',
    default: 'on',
    meaning:
      'off: nobody sees an image before it is finished. On: whoever follows the work may, unless outputs are judged by what cannot judge a preview (see docs/moderation.md)',
  },
  {
    name: 'IMPREST_WITHHELD_DAYS',
    default: '30',
    meaning:
      'days for which outputs withheld for review are kept, sealed, for moderators; 0 keeps none',
  },
  {
    name: 'IMPREST_MODERATION_CASE_HOURS',
    default: '24',
    meaning:
      'hours within which a moderator should decide a case; one of a known file or of minors is due within 1, a report within 48',
  },
  {
    name: 'C2PA',
    default: 'on',
    meaning: 'off leaves the signed C2PA manifest out of outputs; XMP still says what made them',
  },
  {
    name: 'C2PA_CERT',
    default: 'generated in the data directory',
    meaning:
      'PEM of the certificate that signs outputs, then of those that vouch for it. The generated one is for trials: it shows as untrusted',
    secret: true,
  },
  {
    name: 'C2PA_KEY',
    default: 'generated in the data directory',
    meaning: 'PEM of its private key',
    secret: true,
  },
] as const satisfies readonly ConfigKey[];
