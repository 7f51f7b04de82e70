import { loadedParts, partSources } from '../model-parts.js';
import type { ProviderKind } from '../provider-kind.js';
import { REMOTE_FIELDS, remoteServer } from '../remote-server.js';

const EXAMPLES = ['text-to-image', 'image-to-image', 'image-to-clip'];

export const comfyui: ProviderKind = {
  fields: [...REMOTE_FIELDS, 'models'],
  read: (fields, place) => {
    const { key, ...server } = remoteServer(fields, place);
    const sources = partSources(fields.models, place, EXAMPLES);
    return async (services) => {
      const { ComfyuiProvider, loadTemplate, builtInTemplate } = await import(
        '@imprest/provider-comfyui'
      );
      const bearer = key(services);
      return new ComfyuiProvider({
        ...{ name: place.name, ...server, runMs: server.deadlines.workMs },
        models: loadedParts(sources, place.where, loadTemplate, builtInTemplate),
        ...(bearer !== undefined && { key: bearer }),
      });
    };
  },
};
