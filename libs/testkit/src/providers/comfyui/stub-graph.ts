export interface StubNode {
  readonly class_type: string;
  readonly inputs: Readonly<Record<string, unknown>>;
}

export type StubGraph = Readonly<Record<string, StubNode>>;

/** Files of models that the server has. */
const CHECKPOINTS = ['sd_xl_base_1.0.safetensors', 'svd.safetensors'];
const MOST_SIDE = 16_384;

type InputRules = Readonly<Record<string, readonly unknown[]>>;

const whole = (min: number, max: number) => ['INT', { min, max }] as const;
const sides = { width: whole(16, MOST_SIDE), height: whole(16, MOST_SIDE) };
const checkpoint = { ckpt_name: [CHECKPOINTS, {}] as const };

/** Classes of nodes with the inputs that they need, as `GET /object_info` lists them; links are of any type here. */
export const nodeClasses: Readonly<Record<string, InputRules>> = {
  CheckpointLoaderSimple: checkpoint,
  ImageOnlyCheckpointLoader: checkpoint,
  CLIPTextEncode: { text: ['STRING', { multiline: true }], clip: ['CLIP'] },
  EmptyLatentImage: { ...sides, batch_size: whole(1, 4_096) },
  KSampler: {
    seed: whole(0, Number.MAX_SAFE_INTEGER),
    steps: whole(1, 10_000),
    sampler_name: ['COMBO', { options: ['euler', 'dpmpp_2m'] }],
    latent_image: ['LATENT'],
  },
  VAEDecode: { samples: ['LATENT'], vae: ['VAE'] },
  VAEEncode: { pixels: ['IMAGE'], vae: ['VAE'] },
  RepeatLatentBatch: { samples: ['LATENT'], amount: whole(1, 64) },
  LoadImage: { image: ['STRING'] },
  ImageScale: { ...sides, image: ['IMAGE'] },
  VideoLinearCFGGuidance: { model: ['MODEL'], min_cfg: ['FLOAT', {}] },
  SVD_img2vid_Conditioning: { ...sides, video_frames: whole(1, 4_096), init_image: ['IMAGE'] },
  SaveImage: { images: ['IMAGE'], filename_prefix: ['STRING', {}] },
  SaveAnimatedWEBP: { images: ['IMAGE'], filename_prefix: ['STRING', {}], fps: ['FLOAT', {}] },
};

const SAVES = /^Save/;

export interface StubPictures {
  readonly node: string;
  readonly prefix: string;
  readonly width: number;
  readonly height: number;
  readonly seed: number;
  readonly count: number;
  readonly frames?: number;
  readonly framesPerSecond: number;
}

/** What one `SaveImage` or `SaveAnimatedWEBP` of a checked graph puts out. */
export function picturesOf(graph: StubGraph): StubPictures {
  const nodes = Object.values(graph);
  const number = (input: string, fallback: number) =>
    Number(
      nodes.find(({ inputs }) => typeof inputs[input] === 'number')?.inputs[input] ?? fallback,
    );
  const saving = Object.entries(graph).find(([, { class_type }]) => SAVES.test(class_type));
  const [node, save] = saving ?? ['', undefined];
  return {
    node,
    prefix: String(save?.inputs.filename_prefix ?? ''),
    ...{ width: number('width', 64), height: number('height', 64), seed: number('seed', 0) },
    count: number('batch_size', number('amount', 1)),
    ...(save?.class_type === 'SaveAnimatedWEBP' && { frames: number('video_frames', 1) }),
    framesPerSecond: Number(save?.inputs.fps ?? 1),
  };
}

/** The body of an answer 400, or undefined for a graph that can run. */
export function graphFault(graph: StubGraph): object | undefined {
  const entries = Object.entries(graph);
  const unknown = entries.find(([, { class_type }]) => !Object.hasOwn(nodeClasses, class_type));
  if (unknown !== undefined) {
    const message = `Cannot execute because node ${unknown[1].class_type} does not exist.`;
    return fault('invalid_prompt', message, `Node ID '#${unknown[0]}'`);
  }
  if (!entries.some(([, { class_type }]) => SAVES.test(class_type))) {
    return fault('prompt_no_outputs', 'Prompt has no outputs', '');
  }
  for (const [id, { class_type, inputs }] of entries) {
    for (const [input, rules] of Object.entries(nodeClasses[class_type] as InputRules)) {
      const error = inputFault(input, rules, inputs[input]);
      if (error === undefined) continue;
      const node_errors = { [id]: { errors: [error], dependent_outputs: ['9'], class_type } };
      const message = 'Prompt outputs failed validation';
      return { ...fault('prompt_outputs_failed_validation', message, error.details), node_errors };
    }
  }
  return undefined;
}

const fault = (type: string, message: string, details: string) => ({
  error: { type, message, details, extra_info: {} },
  node_errors: {},
});

function inputFault(input: string, [type, rules]: readonly unknown[], value: unknown) {
  const failure = (kind: string, message: string, details = input) => ({
    ...{ type: kind, message, details },
    extra_info: { input_name: input },
  });
  if (value === undefined) {
    return failure('required_input_missing', 'Required input is missing');
  }
  if (Array.isArray(type) && !type.includes(value)) {
    const details = `${input}: '${value}' not in ${JSON.stringify(type)}`;
    return failure('value_not_in_list', 'Value not in list', details);
  }
  const { min, max } = (rules ?? {}) as { min?: number; max?: number };
  if (min !== undefined && Number(value) < min) {
    return failure('value_smaller_than_min', `Value ${value} smaller than min of ${min}`);
  }
  if (max !== undefined && Number(value) > max) {
    return failure('value_bigger_than_max', `Value ${value} bigger than max of ${max}`);
  }
  return undefined;
}
