import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { JsonScanner, type ScannedFile, type ScanRules } from './json-scanner.js';

const rules: ScanRules = {
  where: 'gpu POST /v1/images',
  isFile: ([list, , field]) => list === 'data' && field === 'b64_json',
  mostFileBytes: 10_000,
  mostFiles: 10,
};

function scan(text: string, pieceBytes = 7, change: Partial<ScanRules> = {}) {
  const scanner = new JsonScanner({ ...rules, ...change });
  const bytes = Buffer.from(text);
  const files: ScannedFile[] = [];
  for (let at = 0; at < bytes.length; at += pieceBytes) {
    files.push(...scanner.push(bytes.subarray(at, at + pieceBytes)));
  }
  return { files, rest: scanner.end() };
}

const base64 = (text: string) => Buffer.from(text).toString('base64');
const texts = (files: readonly ScannedFile[]) =>
  files.map(({ bytes }) => Buffer.from(bytes).toString());

describe('files within JSON', () => {
  it('are taken out with their paths, and leave a null behind', () => {
    const answer = { created: 7, data: [{ b64_json: base64('first') }, { b64_json: base64('2') }] };
    const { files, rest } = scan(JSON.stringify(answer));

    expect(texts(files)).toEqual(['first', '2']);
    expect(files.map(({ path }) => path)).toEqual([
      ['data', 0, 'b64_json'],
      ['data', 1, 'b64_json'],
    ]);
    expect(rest).toEqual({ created: 7, data: [{ b64_json: null }, { b64_json: null }] });
  });

  it('are the same however the answer is cut into pieces', () => {
    const value = fc.record({
      created: fc.integer(),
      note: fc.string({ unit: 'grapheme' }),
      data: fc.array(
        fc.record({ b64_json: fc.uint8Array({ maxLength: 40 }), revised_prompt: fc.string() }),
        { maxLength: 4 },
      ),
      nested: fc.jsonValue({ maxDepth: 3 }),
    });
    fc.assert(
      fc.property(value, fc.integer({ min: 1, max: 60 }), fc.boolean(), (given, size, pretty) => {
        const data = given.data.map((item) => ({
          ...item,
          b64_json: Buffer.from(item.b64_json).toString('base64'),
        }));
        const { files, rest } = scan(
          JSON.stringify({ ...given, data }, null, pretty ? 2 : 0),
          size,
        );

        expect(files.map(({ bytes }) => [...bytes])).toEqual(
          given.data.map(({ b64_json }) => [...b64_json]),
        );
        expect(rest).toEqual(
          JSON.parse(
            JSON.stringify({ ...given, data: data.map((item) => ({ ...item, b64_json: null })) }),
          ),
        );
      }),
    );
  });

  it('may be data URLs, and have their slashes escaped', () => {
    const bytes = Buffer.from([255, 239, 191, 251, 255, 254]);
    const url = `data:image/png;base64,${bytes.toString('base64')}`;
    const text = JSON.stringify({ data: [{ b64_json: url }] }).replaceAll('/', '\\/');

    expect(scan(text, 3).files[0]?.bytes).toEqual(bytes);
  });

  it('may be links, which are not followed here', () => {
    const link = 'https://files.example.com/output.png';
    const text = JSON.stringify({ data: [{ b64_json: link }, { b64_json: base64('httpx') }] });
    const { files } = scan(text, 2);

    expect(files.map((file) => file.link)).toEqual([link, undefined]);
    expect(texts(files)).toEqual(['', 'httpx']);
  });

  it('may be shorter than the beginning of a data URL', () => {
    const { files } = scan(
      JSON.stringify({ data: [{ b64_json: base64('ab') }, { b64_json: '' }] }),
    );

    expect(texts(files)).toEqual(['ab', '']);
  });

  it('are no more and no larger than allowed', () => {
    const answer = JSON.stringify({ data: [{ b64_json: base64('12345') }, { b64_json: '' }] });
    const failure = (change: Partial<ScanRules>) => () => scan(answer, 7, change);

    expect(failure({ mostFileBytes: 4 })).toThrow('a file is over 4 bytes');
    expect(failure({ mostFiles: 1 })).toThrow('the answer has over 1 files');
    expect(failure({ mostOtherBytes: 10 })).toThrow('over 10 bytes that are no file');
    expect(failure({ mostFileBytes: 5, mostFiles: 2 })).not.toThrow();
  });

  it.each([
    '',
    '{"data": [',
    '{"data": [{"b64_json": "QUJD"}]',
    '{"data": [}]',
    '<html>',
    '['.repeat(70),
  ])('are not looked for in what is no JSON: %s', (text) => {
    expect(() => scan(text)).toThrow(expect.objectContaining({ failureClass: 'infrastructure' }));
  });
});
