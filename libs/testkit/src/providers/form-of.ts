import type { AskedOfStub } from './faulty-server.js';

export interface FormFile {
  readonly name: string;
  readonly fileName: string;
  readonly mediaType: string;
  readonly bytes: Buffer;
}

export interface ReceivedForm {
  readonly fields: Readonly<Record<string, string>>;
  readonly files: readonly FormFile[];
}

/** A body of multipart/form-data as a server reads it (RFC 7578). @throws Error for another body */
export function formOf({ headers, body }: AskedOfStub): ReceivedForm {
  const boundary = /^multipart\/form-data; ?boundary=(.+)$/.exec(
    headers['content-type'] ?? '',
  )?.[1];
  if (boundary === undefined) throw new Error('the body is no multipart/form-data');
  const fields: Record<string, string> = {};
  const files: FormFile[] = [];
  const parts = body.toString('latin1').split(`--${boundary}`).slice(1, -1);
  for (const part of parts) {
    const end = part.indexOf('\r\n\r\n');
    const head = part.slice(2, end);
    const content = Buffer.from(part.slice(end + 4, -2), 'latin1');
    const name = /; name="([^"]*)"/.exec(head)?.[1] ?? '';
    const fileName = /; filename="([^"]*)"/.exec(head)?.[1];
    const mediaType = /content-type: ([^\r]+)/i.exec(head)?.[1] ?? 'text/plain';
    if (fileName === undefined) fields[name] = content.toString('utf8');
    else files.push({ name, fileName, mediaType, bytes: content });
  }
  return { fields, files };
}
