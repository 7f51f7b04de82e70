import {
  type GenerationProvider,
  ProviderError,
  type ProviderStanding,
  type RenderContext,
  type RenderRequest,
} from '@imprest/application';
import { DEFAULT_DEADLINES, ProviderHttp } from '@imprest/provider-http';
import { flavours } from './flavours.js';
import { type ImageService, makeImages } from './images/make-images.js';
import { DEFAULT_MOST_FILE_BYTES, DEFAULT_POLL_MS, type OpenAiImagesOptions } from './options.js';
import { standingOf } from './standing.js';
import { makeClip } from './videos/make-clip.js';
import type { ClipService } from './videos/video-calls.js';

/** Any server of images and videos that speaks the protocol of OpenAI. */
export class OpenAiImagesProvider implements GenerationProvider {
  readonly name: string;
  private readonly http: ProviderHttp;
  private readonly service: ImageService & ClipService;

  constructor(options: OpenAiImagesOptions) {
    const { name, key, deadlines, guidance = 'request', extras = {} } = options;
    const { mostFileBytes = DEFAULT_MOST_FILE_BYTES, pollMs = DEFAULT_POLL_MS } = options;
    const flavour = flavours[options.flavour];
    const url = options.url.replace(/\/v1\/?$/, '');
    this.name = name;
    this.http = new ProviderHttp({ provider: name, url, key, deadlines });
    this.service = {
      ...{ http: this.http, flavour, guidance, extras, mostFileBytes, pollMs },
      imagesPerCall: options.imagesPerCall ?? flavour.imagesPerCall,
      sizeMultiple: options.sizeMultiple ?? flavour.sizeMultiple,
      workMs: deadlines?.workMs ?? DEFAULT_DEADLINES.workMs,
    };
  }

  async render(request: RenderRequest, context: RenderContext): Promise<void> {
    const { width, height, clip } = request;
    if (![width, height].every((side) => Number.isInteger(side) && side > 0)) {
      throw new ProviderError('user', `the size ${width}x${height} has no pixels`);
    }
    if (context.signal.aborted) {
      throw new ProviderError('cancelled', 'the rendering was cancelled');
    }
    if (clip === undefined) await makeImages(this.service, request, context);
    else await makeClip(this.service, request, clip, context);
  }

  standing(signal: AbortSignal): Promise<ProviderStanding> {
    return standingOf(this.http, signal);
  }

  close(): Promise<void> {
    return this.http.close();
  }
}
