import { randomBytes } from 'node:crypto';

/** A field of text, or a file. */
export interface FormPart {
  readonly name: string;
  readonly content: string | Uint8Array;
  /** Makes it a file. */
  readonly fileName?: string;
  readonly mediaType?: string;
}

export interface FormBody {
  readonly headers: { readonly 'content-type': string };
  readonly body: Uint8Array;
}

/** Names come from the code, never from a tenant; a quote in one would end it early. */
const quoted = (name: string) => `"${name.replace(/[\r\n"]/g, '_')}"`;

/** A body of multipart/form-data (RFC 7578) with a boundary that no content can foresee. */
export function multipart(parts: readonly FormPart[]): FormBody {
  const boundary = `imprest-${randomBytes(18).toString('hex')}`;
  const pieces = parts.flatMap(({ name, content, fileName, mediaType }) => {
    const file = fileName === undefined ? '' : `; filename=${quoted(fileName)}`;
    const type = mediaType === undefined ? '' : `content-type: ${mediaType}\r\n`;
    const head = `--${boundary}\r\ncontent-disposition: form-data; name=${quoted(name)}${file}\r\n${type}\r\n`;
    return [Buffer.from(head), Buffer.from(content), Buffer.from('\r\n')];
  });
  return {
    headers: { 'content-type': `multipart/form-data; boundary=${boundary}` },
    body: Buffer.concat([...pieces, Buffer.from(`--${boundary}--\r\n`)]),
  };
}
