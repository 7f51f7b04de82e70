type Input = Readonly<Record<string, unknown>>;

interface InputRule {
  readonly type: 'string' | 'integer' | 'number' | 'array';
  readonly minimum?: number;
  readonly maximum?: number;
}

/** Inputs of the one model that the stub runs, as JSON schema. */
const properties: Readonly<Record<string, InputRule>> = {
  prompt: { type: 'string' },
  negative_prompt: { type: 'string' },
  seed: { type: 'integer', minimum: 0 },
  width: { type: 'integer', minimum: 16, maximum: 2_048 },
  height: { type: 'integer', minimum: 16, maximum: 2_048 },
  num_outputs: { type: 'integer', minimum: 1, maximum: 4 },
  num_inference_steps: { type: 'integer', minimum: 1, maximum: 500 },
  guidance_scale: { type: 'number', minimum: 0, maximum: 50 },
  image: { type: 'string' },
  prompt_strength: { type: 'number', minimum: 0, maximum: 1 },
  num_frames: { type: 'integer', minimum: 2, maximum: 200 },
  fps: { type: 'integer', minimum: 1, maximum: 60 },
};

/** Of `GET /openapi.json`. */
export const schema = {
  openapi: '3.0.2',
  info: { title: 'Cog', version: '0.1.0' },
  components: { schemas: { Input: { type: 'object', properties, required: ['prompt'] } } },
};

/** Of an answer 422. */
export const inputErrors = (name: string, msg: string) => ({
  detail: [{ loc: ['body', 'input', name], msg, type: 'value_error' }],
});

function faultOf(name: string, { type, minimum, maximum }: InputRule, value: unknown) {
  const expected = { string: 'string', array: 'object' }[type as string] ?? 'number';
  if (typeof value !== expected) return `is not of type "${type}"`;
  const isWhole = type !== 'integer' || Number.isInteger(value);
  if (!isWhole) return `is not of type "integer"`;
  if (minimum !== undefined && Number(value) < minimum) return `is less than ${minimum}`;
  if (maximum !== undefined && Number(value) > maximum) return `is over ${maximum}`;
  const isFile = name === 'image' && !/^(data|https?):/.test(String(value));
  return isFile ? 'is no URL' : undefined;
}

/** The body of an answer 422, or undefined. Inputs that the model does not have are passed over. */
export function inputFault(input: Input): object | undefined {
  if (input.prompt === undefined) return inputErrors('prompt', 'field required');
  for (const [name, rule] of Object.entries(properties)) {
    const fault = input[name] === undefined ? undefined : faultOf(name, rule, input[name]);
    if (fault !== undefined) return inputErrors(name, `${JSON.stringify(input[name])} ${fault}`);
  }
  return undefined;
}
