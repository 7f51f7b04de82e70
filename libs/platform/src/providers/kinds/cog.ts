import { DataFileError } from '@imprest/data-files';
import { loadedParts, partSources } from '../model-parts.js';
import type { ProviderKind } from '../provider-kind.js';
import { REMOTE_FIELDS, remoteServer } from '../remote-server.js';

const EXAMPLES = ['text-to-image', 'image-to-image', 'image-to-clip'];

function outputUrl(value: unknown, where: string): string | undefined {
  if (value === undefined) return undefined;
  if (typeof value === 'string' && URL.canParse(value) && /^https?:/.test(value)) return value;
  throw new DataFileError(`${where}.outputUrl must be a URL that begins with http: or https:`);
}

export const cog: ProviderKind = {
  fields: [...REMOTE_FIELDS, 'models', 'outputUrl'],
  read: (fields, place) => {
    const { key, ...server } = remoteServer(fields, place);
    const sources = partSources(fields.models, place, EXAMPLES);
    const links = outputUrl(fields.outputUrl, place.where);
    return async (services) => {
      const { CogProvider, loadMapping, builtInMapping } = await import('@imprest/provider-cog');
      const bearer = key(services);
      return new CogProvider({
        ...{ name: place.name, ...server, runMs: server.deadlines.workMs },
        models: loadedParts(sources, place.where, loadMapping, builtInMapping),
        ...(links !== undefined && { outputUrl: links }),
        ...(bearer !== undefined && { key: bearer }),
      });
    };
  },
};
