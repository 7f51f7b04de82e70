/** Elements of an array as PostgreSQL writes it ("Array Input and Output Syntax"); one dimension, no null. */
export function arrayElements(text: string): readonly string[] {
  if (text === '{}') return [];
  const inner = text.slice(1, -1);
  return inner.includes('"') ? quotedElements(inner) : inner.split(',');
}

function quotedElements(inner: string): readonly string[] {
  const elements: string[] = [];
  const element = /"((?:[^"\\]|\\[\s\S])*)"|([^,]+)/y;
  for (let at = 0; at <= inner.length; at += 1) {
    element.lastIndex = at;
    const match = element.exec(inner);
    if (match === null) throw new SyntaxError(`no element of an array at ${at} of ${inner}`);
    const [all, quoted, plain] = match;
    elements.push(quoted === undefined ? (plain as string) : quoted.replace(/\\([\s\S])/g, '$1'));
    at += all.length;
  }
  return elements;
}
