import type { ProviderDeadlines } from '@imprest/provider-http';
import type { FlavourName } from './flavours.js';

export interface OpenAiImagesOptions {
  /** By which models refer to it. */
  readonly name: string;
  /** Base of the server, with or without `/v1`. */
  readonly url: string;
  /** Bearer key. */
  readonly key?: string;
  readonly flavour: FlavourName;
  /** The most images to ask for in one request; what is usual for the flavour when absent. */
  readonly imagesPerCall?: number;
  /** Sides are asked for in multiples of this, and the margin is cut off; what is usual for the flavour when absent. */
  readonly sizeMultiple?: number;
  /** Whether requests say how closely to follow the prompt, or the server's own setting applies. Default `request`. */
  readonly guidance?: 'request' | 'server';
  /** Fields of the operator's own in every request, such as `num_inference_steps`. */
  readonly extras?: Readonly<Record<string, string | number | boolean>>;
  readonly deadlines?: Partial<ProviderDeadlines>;
  /** Bytes of one image or clip. Default 64 MiB, the most that a worker may hand in. */
  readonly mostFileBytes?: number;
  /** Between two looks at a clip that is being made. Default 2,000. */
  readonly pollMs?: number;
}

export const DEFAULT_MOST_FILE_BYTES = 64 * 1024 * 1024;
export const DEFAULT_POLL_MS = 2_000;
