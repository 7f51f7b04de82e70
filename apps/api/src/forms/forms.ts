import type { Readable } from 'node:stream';
import { DomainFailure } from '@imprest/application';
import { domainError } from '@imprest/domain';
import { FASTIFY_ROUTE_CONFIG_METADATA } from '@nestjs/platform-fastify/constants.js';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { JsonSchema } from '../http/schema-from-class.js';
import { dropRest } from './drop-rest.js';
import { bodyOfFields } from './form-fields.js';
import { readForm, type UploadedFile } from './read-form.js';

declare module 'fastify' {
  interface FastifyContextConfig {
    /** Schema of the body that a form stands for; routes without one take no forms. */
    form?: { readonly properties: Readonly<Record<string, JsonSchema>> };
  }
  interface FastifyRequest {
    /** Of a form. */
    files: readonly UploadedFile[] | null;
  }
}

/** The route takes the same body as `multipart/form-data`, with files. Stands above the access decorator. */
export const AcceptsForms =
  (form: { readonly properties: Readonly<Record<string, JsonSchema>> }) =>
  <T>(_target: object, _name: string, { value: handler }: TypedPropertyDescriptor<T>): void => {
    const config = Reflect.getMetadata(FASTIFY_ROUTE_CONFIG_METADATA, handler as object);
    const merged = { ...config, form };
    Reflect.defineMetadata(FASTIFY_ROUTE_CONFIG_METADATA, merged, handler as object);
  };

/** Forms read at once: each may hold its files in memory. */
const AT_ONCE = 8;

/**
 * Lets routes that say so take forms. The body they stand for then meets the schema of the route like
 * any other; all other routes go on refusing forms, and pay nothing for it.
 */
export function acceptForms(instance: FastifyInstance): void {
  let reading = 0;
  const read = async (request: FastifyRequest, payload: Readable) => {
    const { form } = request.routeOptions.config;
    if (form === undefined || reading >= AT_ONCE) await dropRest(payload);
    if (form === undefined) {
      const message = 'send the body as application/json';
      throw new DomainFailure(domainError('unsupported_media_type', message));
    }
    if (reading >= AT_ONCE) {
      throw new DomainFailure(domainError('unavailable', 'too many uploads at once; try again'));
    }
    reading += 1;
    try {
      const { fields, files } = await readForm(request.headers, payload);
      request.files = files;
      return bodyOfFields(form.properties, fields);
    } finally {
      reading -= 1;
    }
  };
  instance.decorateRequest('files', null);
  instance.addContentTypeParser('multipart/form-data', read);
}
