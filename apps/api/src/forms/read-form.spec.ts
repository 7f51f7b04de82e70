import { Readable } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { bodyOfFields } from './form-fields.js';
import { MAX_FILE_BYTES, readForm } from './read-form.js';

async function read(form: FormData) {
  const encoded = new Response(form);
  const headers = { 'content-type': encoded.headers.get('content-type') ?? '' };
  return readForm(headers, Readable.from([Buffer.from(await encoded.arrayBuffer())]));
}

const file = (bytes: number) => new Blob([new Uint8Array(bytes).fill(7)]);

describe('a form', () => {
  it('is read with its fields and files, in their order', async () => {
    const form = new FormData();
    form.append('prompt', 'a paper boat');
    form.append('image[]', file(3), 'a.png');
    form.append('image[]', file(5), 'b.png');
    const { fields, files } = await read(form);

    expect(fields).toEqual([['prompt', 'a paper boat']]);
    expect(files.map(({ field, bytes }) => [field, bytes.length])).toEqual([
      ['image', 3],
      ['image', 5],
    ]);
  });

  it.each([
    ['a file that is too large', [[MAX_FILE_BYTES + 1]]],
    ['files that are too large together', [Array<number>(5).fill(MAX_FILE_BYTES - 1)]],
    ['too many files', [Array<number>(12).fill(1)]],
  ])('with %s is refused', async (_, [sizes = []]) => {
    const form = new FormData();
    for (const size of sizes) form.append('image', file(size), 'a.png');

    await expect(read(form)).rejects.toMatchObject({ error: { code: 'payload_too_large' } });
  });

  it('with too many or too long fields is refused', async () => {
    const many = new FormData();
    for (let at = 0; at < 65; at += 1) many.append(`f${at}`, 'x');
    const long = new FormData();
    long.append('prompt', 'x'.repeat(70_000));

    for (const form of [many, long]) {
      await expect(read(form)).rejects.toMatchObject({ error: { code: 'payload_too_large' } });
    }
  });

  it.each([
    [
      'multipart/form-data; boundary=abc',
      '--abc\r\nContent-Disposition: form-data; name="a"\r\n\r\nx',
    ],
    ['multipart/form-data', 'x'],
  ])('that is none is refused: %s', async (type, text) => {
    const reading = readForm({ 'content-type': type }, Readable.from([Buffer.from(text)]));

    await expect(reading).rejects.toMatchObject({ error: { code: 'validation_error' } });
  });
});

describe('the body that fields stand for', () => {
  const properties = {
    prompt: { type: 'string' },
    n: { type: ['integer', 'null'] },
    async: { type: ['boolean', 'null'] },
    stream: { enum: [false, null] },
    image_input: { anyOf: [{ type: 'string' }, { type: 'array' }, { type: 'null' }] },
  };

  it('has the types of its schema', () => {
    const fields = [
      ['prompt', '2'],
      ['n', '2'],
      ['async', 'true'],
      ['stream', 'false'],
      ['image_input[]', 'https://a.example/1.png'],
      ['image_input', 'https://a.example/2.png'],
      ['unknown', 'x'],
      ['__proto__', 'x'],
    ] as const;

    expect(bodyOfFields(properties, fields)).toEqual({
      prompt: '2',
      n: 2,
      async: true,
      stream: false,
      image_input: ['https://a.example/1.png', 'https://a.example/2.png'],
    });
  });

  it('leaves to the schema what is of another type, or stands twice', () => {
    const fields = [
      ['n', 'two'],
      ['async', 'yes'],
      ['prompt', 'a'],
      ['prompt', 'b'],
      ['stream', ''],
    ] as const;

    expect(bodyOfFields(properties, fields)).toEqual({
      n: 'two',
      async: 'yes',
      prompt: ['a', 'b'],
      stream: null,
    });
  });
});
