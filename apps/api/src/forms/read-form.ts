import type { IncomingHttpHeaders } from 'node:http';
import type { Readable, Writable } from 'node:stream';
import { Busboy, type BusboyFileStream } from '@fastify/busboy';
import { DomainFailure } from '@imprest/application';
import { domainError, MAX_REFERENCES, validationError } from '@imprest/domain';
import { dropRest } from './drop-rest.js';

export interface UploadedFile {
  /** Name of its field, without brackets. */
  readonly field: string;
  readonly bytes: Uint8Array;
}

export interface Form {
  readonly fields: readonly (readonly [name: string, value: string])[];
  readonly files: readonly UploadedFile[];
}

export const MAX_FILE_BYTES = 10 * 1024 * 1024;
/** Of all files of a form together: they are in memory until they are stored. */
export const MAX_FORM_BYTES = 40 * 1024 * 1024;

const LIMITS = {
  fieldNameSize: 100,
  fieldSize: 64 * 1024,
  fields: 64,
  fileSize: MAX_FILE_BYTES,
  files: MAX_REFERENCES + 1,
  parts: 64 + MAX_REFERENCES + 1,
  headerPairs: 20,
  headerSize: 8 * 1024,
};

const tooLarge = (what: string) => new DomainFailure(domainError('payload_too_large', what));
const malformed = (why: string) => new DomainFailure(validationError('body', why));

/**
 * A `multipart/form-data` body, bounded in size and number of its parts; the server bounds its time.
 * @throws DomainFailure payload_too_large, validation_error
 */
export async function readForm(headers: IncomingHttpHeaders, payload: Readable): Promise<Form> {
  const fields: [string, string][] = [];
  const files: UploadedFile[] = [];
  let bytes = 0;
  const form = parserFor(headers);
  const stop = new AbortController();
  const fail = (failure: DomainFailure) => stop.abort(failure);
  form.on('field', (name, value, isNameCut, isValueCut) => {
    if (isNameCut || isValueCut) fail(tooLarge('a field of the form is too long'));
    else fields.push([name, value]);
  });
  form.on('file', (name, stream: BusboyFileStream) => {
    const chunks: Buffer[] = [];
    stream.on('limit', () => fail(tooLarge(`${name} is larger than 10 MB`)));
    stream.on('error', () => undefined);
    stream.on('data', (chunk: Buffer) => {
      bytes += chunk.length;
      if (bytes > MAX_FORM_BYTES) fail(tooLarge('the files are larger than 40 MB together'));
      else chunks.push(chunk);
    });
    stream.on('end', () => {
      files.push({ field: name.replace(/\[\]$/, ''), bytes: Buffer.concat(chunks) });
    });
  });
  for (const limit of ['partsLimit', 'filesLimit', 'fieldsLimit'] as const) {
    form.on(limit, () => fail(tooLarge('the form has too many parts')));
  }
  await passedThrough(payload, form, stop.signal);
  return { fields, files };
}

async function passedThrough(payload: Readable, form: Writable, stop: AbortSignal): Promise<void> {
  try {
    await new Promise<void>((resolve, reject) => {
      const incomplete = () => reject(malformed('is not a complete form'));
      form.on('finish', resolve);
      form.on('error', incomplete);
      payload.on('error', incomplete);
      payload.on('close', () => {
        if (!payload.readableEnded) incomplete();
      });
      stop.addEventListener('abort', () => reject(stop.reason));
      payload.pipe(form);
    });
  } catch (failure) {
    payload.unpipe(form);
    await dropRest(payload);
    throw failure;
  }
}

function parserFor(headers: IncomingHttpHeaders) {
  try {
    const contentType = headers['content-type'] ?? '';
    return new Busboy({ headers: { ...headers, 'content-type': contentType }, limits: LIMITS });
  } catch {
    throw malformed('must be a form with a boundary');
  }
}
