import { catalogue } from '@imprest/event-catalogue';
import { type Command, InvalidArgumentError, Option } from 'commander';

const categories = [...new Set(Object.values(catalogue).map(({ category }) => category))];

export function position(text: string): bigint {
  if (!/^\d{1,19}$/.test(text)) throw new InvalidArgumentError('a position is a whole number.');
  return BigInt(text);
}

export function count(text: string): number {
  const value = Number(text);
  if (Number.isSafeInteger(value) && value >= 0 && text.trim() !== '') return value;
  throw new InvalidArgumentError('expected a whole number.');
}

export function time(text: string): Date {
  const at = new Date(text);
  if (Number.isNaN(at.getTime()))
    throw new InvalidArgumentError('expected a time such as 2026-01-15T09:00Z.');
  return at;
}

function knownType(text: string, before: readonly string[] | undefined): readonly string[] {
  if (!Object.hasOwn(catalogue, text))
    throw new InvalidArgumentError('docs/event-streams.md lists the types.');
  return [...(before ?? []), text];
}

function knownCategory(text: string, before: readonly string[] | undefined): readonly string[] {
  if (!categories.includes(text))
    throw new InvalidArgumentError(`one of ${categories.join(', ')}.`);
  return [...(before ?? []), text];
}

export const categoryOption = () =>
  new Option(
    '--category <name>',
    'only streams of this category; may be given several times',
  ).argParser(knownCategory);

export const jsonOption = () => new Option('--json', 'JSON lines instead of text');

/** What narrows down which events are meant. */
export function withFilterOptions(command: Command): Command {
  return command
    .addOption(categoryOption())
    .addOption(
      new Option('--type <name>', 'only events of this type; may be given several times').argParser(
        knownType,
      ),
    )
    .option('--correlation <id>', 'only events of this request')
    .option('--tenant <id>', 'only events of this tenant')
    .option('--generation <id>', 'only events about this generation')
    .option('--text <text>', 'only events that contain this text, whatever its case');
}

export function withTimeOptions(command: Command): Command {
  return command
    .addOption(
      new Option(
        '--since <time>',
        'only events recorded at or after this time (ISO 8601)',
      ).argParser(time),
    )
    .addOption(
      new Option('--until <time>', 'only events recorded before this time').argParser(time),
    );
}
