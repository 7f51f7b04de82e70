import { cloudEventHeaders, optionalEventHeaders } from './cloud-event-headers.js';
import { type FrozenVersion, frozenVersions } from './frozen-versions.js';
import type { JsonSchema } from './schema.js';
import { streamCategories, topicOf } from './stream-categories.js';

/** Everything above it is written by hand. */
const MARK = '<!-- From here on made from the catalogue: npm run events:document -->';
const SAMPLES = '../libs/event-catalogue/samples';

/**
 * docs/event-streams.md with its generated part made anew: every category of streams, with its topic and its events.
 * @throws Error when the document has lost the mark that its generated part begins with
 */
export function eventStreamsDocument(written: string): string {
  const at = written.indexOf(MARK);
  if (at < 0) throw new Error(`docs/event-streams.md must hold the line ${MARK}`);
  return `${written.slice(0, at)}${MARK}\n\n${reference()}`;
}

function reference(): string {
  const versions = frozenVersions();
  const categories = [...new Set(versions.map(({ category }) => category))];
  const sections = categories.map((category) =>
    section(
      category,
      versions.filter((each) => each.category === category),
    ),
  );
  return (
    [headers(), '## Streams, topics and events', overview(categories), ...sections].join('\n\n') +
    '\n'
  );
}

function headers(): string {
  const named = [
    ...Object.entries(cloudEventHeaders).map(([name, { description }]) => [name, description]),
    ...Object.entries(optionalEventHeaders).map(([name, { description }]) => [
      name,
      `${description} Not always there.`,
    ]),
  ];
  return [
    '## Headers of a Kafka message',
    '',
    ...table(
      ['header', 'what it says'],
      named.map(([name, says]) => [`\`${name}\``, says ?? '']),
    ),
  ].join('\n');
}

function overview(categories: readonly string[]): string {
  const rows = categories.map((category) => {
    const { id, holds } = streamCategories[category] ?? { id: '<id>', holds: '' };
    return [`\`${category}-${id}\``, `\`${topicOf(category)}\``, holds];
  });
  return table(['stream and Kafka key', 'topic', 'what it holds'], rows).join('\n');
}

function section(category: string, versions: readonly FrozenVersion[]): string {
  const newest = new Map(versions.map((each) => [each.type, each.version]));
  const rows = versions.map(({ type, version, schema }) => {
    const older = version < (newest.get(type) ?? version) ? ' (read, no longer written)' : '';
    const link = `[${type}](${SAMPLES}/${type}.v${version}.json)`;
    return [link, `${version}${older}`, `\`${shape(schema)}\``];
  });
  return [`### ${category}`, '', ...table(['event', 'version', 'data'], rows)].join('\n');
}

function table(titles: readonly string[], rows: readonly (readonly string[])[]): string[] {
  const line = (cells: readonly string[]) =>
    `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
  return [line(titles), line(titles.map(() => '---')), ...rows.map(line)];
}

interface Shape extends JsonSchema {
  readonly type?: string;
  readonly enum?: readonly string[];
  readonly anyOf?: readonly Shape[];
  readonly items?: Shape;
  readonly properties?: Readonly<Record<string, Shape>>;
  readonly pattern?: string;
  readonly format?: string;
}

/** A JSON Schema of the catalogue on one line. */
export function shape(schema: Shape): string {
  if (schema.enum !== undefined)
    return schema.enum.map((value) => JSON.stringify(value)).join(' | ');
  if (schema.anyOf !== undefined) return schema.anyOf.map(shape).join(' | ');
  if (schema.items !== undefined) {
    const inner = shape(schema.items);
    return inner.includes(' | ') ? `(${inner})[]` : `${inner}[]`;
  }
  if (schema.properties !== undefined) {
    const fields = Object.entries(schema.properties).map(
      ([name, each]) => `${name}: ${shape(each)}`,
    );
    return fields.length === 0 ? '{}' : `{ ${fields.join(', ')} }`;
  }
  if (schema.format === 'date-time') return 'time';
  if (schema.type === 'string' && schema.pattern !== undefined) return 'amount';
  return schema.type ?? 'any';
}
