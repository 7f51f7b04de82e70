import { builtInTemplate } from './templates/built-in.js';
import { loadTemplate } from './templates/template.js';

export const generations = ['jobs', 'ids', 'old'] as const;

export const exampleModels = {
  default: {
    images: loadTemplate(builtInTemplate('text-to-image')),
    fromReferences: loadTemplate(builtInTemplate('image-to-image')),
    clip: loadTemplate(builtInTemplate('image-to-clip')),
  },
};
