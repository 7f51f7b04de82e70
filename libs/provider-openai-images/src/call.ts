import type { ReferenceImage } from '@imprest/application';
import { type FormPart, multipart, type ProviderRequest } from '@imprest/provider-http';
import type { RequestFields } from './flavours.js';

type Body = Pick<ProviderRequest, 'headers' | 'body'>;

export const jsonBody = (fields: RequestFields): Body => ({
  headers: { 'content-type': 'application/json' },
  body: JSON.stringify(fields),
});

/** @param fileField name that each of the files goes by */
export function formBody(
  fields: RequestFields,
  fileField: string,
  files: readonly ReferenceImage[],
): Body {
  const texts = Object.entries(fields).map(([name, value]) => ({ name, content: String(value) }));
  const parts: readonly FormPart[] = files.map(({ bytes, mediaType }, index) => ({
    name: fileField,
    content: bytes,
    fileName: `image_${index + 1}.${mediaType.slice('image/'.length)}`,
    mediaType,
  }));
  return multipart([...texts, ...parts]);
}
