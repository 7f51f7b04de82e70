export type StubFlavour = 'openai' | 'vllm-omni' | 'sglang' | 'sd-cpp';

/** What a request for pictures asks of a server. */
export interface AskedPictures {
  readonly n: number;
  readonly seed: number;
  readonly width: number;
  readonly height: number;
  readonly format: 'png' | 'jpeg' | 'webp';
}

export const PICTURE_SIZE = /^(\d{1,5})x(\d{1,5})$/;
const EXTRA = /<sd_cpp_extra_args>(.*?)<\/sd_cpp_extra_args>/;
const UNKNOWN_TO_OPENAI = ['response_format', 'seed', 'negative_prompt', 'guidance_scale'];

/**
 * Reads a request the way a server of the flavour does.
 * @param usualSeed of a request that names none
 * @returns why it is refused, for one that is
 */
export function readPictures(
  fields: Readonly<Record<string, unknown>>,
  flavour: StubFlavour,
  usualSeed: number,
): AskedPictures | string {
  const size = PICTURE_SIZE.exec(String(fields.size));
  const n = Number(fields.n ?? 1);
  const prompt = String(fields.prompt ?? '');
  if (prompt === '') return 'prompt required';
  if (size === null || size[1] === '0') return `Invalid size: ${String(fields.size)}`;
  if (!Number.isInteger(n) || n < 1 || n > 10) return 'n must be between 1 and 10';
  if (flavour === 'sglang' && fields.response_format === 'url') return 'url needs a cloud storage';
  if (flavour === 'openai') {
    const refused = UNKNOWN_TO_OPENAI.find((name) => name in fields);
    if (refused !== undefined) return `Unknown parameter: '${refused}'.`;
  }
  const native = flavour === 'sd-cpp' ? JSON.parse(EXTRA.exec(prompt)?.[1] ?? '{}') : fields;
  const format = String(fields.output_format ?? 'png') as AskedPictures['format'];
  return {
    ...{ n, seed: Number(native.seed ?? usualSeed) },
    ...{ width: Number(size[1]), height: Number(size[2]) },
    format: flavour === 'vllm-omni' ? 'png' : format,
  };
}
