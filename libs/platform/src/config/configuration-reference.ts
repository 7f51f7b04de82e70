import type { ConfigKey } from './config-keys.js';

const INTRODUCTION = `# Configuration

Every process reads its configuration from environment variables, once, at its start. A problem keeps it from starting, and one
start names all problems. This page is made from the list in \`libs/platform/src/config/config-keys.ts\` by \`npm run configuration:write\`.

A variable that is empty counts as not set. A secret may also come from a file: \`<NAME>_FILE\` names it, and its content without
surrounding white space is the value. The file wins over the variable.

Processes that make up one deployment must be given the same \`DATABASE_URL\`, \`IMPREST_MASTER_KEY\`, \`IMPREST_ADMIN_KEY\`, \`IMPREST_MODELS\`, \`IMPREST_RATE_LIMITS\`, \`IMPREST_TOP_UP_PACKAGES\`, \`PROMPT_PRESETS\` and \`TOKENS_PER_CREDIT\`:
what one of them seals or signs, another one opens. With \`ASSET_STORE=files\` they share one data directory as well; that they do not
is something no process can find out. Instead of the secrets they may share the \`IMPREST_DATA_DIR\` in which these were made. What must not run together is
refused at the start, with the reason; [deploy.md](deploy.md) lists the modes.`;

const code = (text: string) => (text === '' ? '' : `\`${text}\``);

/** A default is a value that one could type, or words that say what happens. */
function defaultOf({ default: value }: ConfigKey): string {
  return /^\S+$/.test(value) && value !== 'empty' ? code(value) : value;
}

function row(key: ConfigKey): string {
  const meaning = key.meaning.replaceAll('|', '\\|');
  return `| ${code(key.name)} | ${defaultOf(key)} | ${meaning} | ${key.secret ? 'yes' : ''} |`;
}

/** docs/configuration.md. */
export function configurationReference(keys: readonly ConfigKey[]): string {
  const table = [
    '| variable | default | meaning | secret |',
    '| --- | --- | --- | --- |',
    ...keys.map(row),
  ];
  return `${INTRODUCTION}\n\n${table.join('\n')}\n`;
}
