import { choice, DataFileError, type Fields, mapping, wholeNumber } from '@imprest/data-files';
import type { FlavourName } from '@imprest/provider-openai-images';
import type { ProviderKind } from '../provider-kind.js';
import { REMOTE_FIELDS, remoteServer } from '../remote-server.js';

const FLAVOURS = ['openai', 'vllm-omni', 'sglang', 'sd-cpp'] as const satisfies FlavourName[];
const MOST_EXTRAS = 32;

function extrasOf(
  value: unknown,
  where: string,
): Readonly<Record<string, string | number | boolean>> {
  const extras = Object.entries(mapping(value, where));
  if (extras.length > MOST_EXTRAS) {
    throw new DataFileError(`${where} must have at most ${MOST_EXTRAS} fields`);
  }
  for (const [name, extra] of extras) {
    if (!['string', 'number', 'boolean'].includes(typeof extra)) {
      throw new DataFileError(`${where}.${name} must be a text, a number, true or false`);
    }
  }
  return Object.fromEntries(extras) as Record<string, string | number | boolean>;
}

function limits({ imagesPerCall, sizeMultiple }: Fields, where: string) {
  return {
    ...(imagesPerCall !== undefined && {
      imagesPerCall: wholeNumber(imagesPerCall, `${where}.imagesPerCall`, 1, 10),
    }),
    ...(sizeMultiple !== undefined && {
      sizeMultiple: wholeNumber(sizeMultiple, `${where}.sizeMultiple`, 1, 256),
    }),
  };
}

export const openAiImages: ProviderKind = {
  fields: [...REMOTE_FIELDS, 'flavour', 'imagesPerCall', 'sizeMultiple', 'guidance', 'extras'],
  read: (fields, place) => {
    const { where, name } = place;
    const { key, ...server } = remoteServer(fields, place);
    const { guidance = 'request', extras = {} } = fields;
    const settings = {
      ...{ name, ...server, ...limits(fields, where) },
      flavour: choice(fields.flavour, `${where}.flavour`, FLAVOURS),
      guidance: choice(guidance, `${where}.guidance`, ['request', 'server']),
      extras: extrasOf(extras, `${where}.extras`),
    };
    return async (services) => {
      const { OpenAiImagesProvider } = await import('@imprest/provider-openai-images');
      return new OpenAiImagesProvider({ ...settings, key: key(services) });
    };
  },
};
