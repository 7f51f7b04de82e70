/**
 * Lines of `name: value`, as people write headers and traits; empty ones are passed over.
 * @param rules what names and values look like. @param what a line is to be, and how it is written
 * @throws RangeError for a line that is none
 */
export function namedLines(
  text: string,
  rules: { readonly name: RegExp; readonly value: RegExp },
  what: string,
): readonly (readonly [name: string, value: string])[] {
  const lines = text.split('\n').filter((line) => /\S/.test(line));
  return lines.map((line) => {
    const at = line.indexOf(':');
    const [name, value] = [line.slice(0, Math.max(0, at)).trim(), line.slice(at + 1).trim()];
    const isOne = rules.name.test(name) && rules.value.test(value);
    if (!isOne) throw new RangeError(`“${line.trim()}” is no ${what}`);
    return [name, value] as const;
  });
}
