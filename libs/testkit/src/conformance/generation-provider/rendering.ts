import { createHash } from 'node:crypto';
import type {
  GenerationProvider,
  RenderContext,
  RenderedImage,
  RenderRequest,
} from '@imprest/application';
import sharp from 'sharp';

export const PLAIN_REQUEST: RenderRequest = {
  jobId: 'conformance-job',
  attempt: 1,
  model: 'default',
  prompt: 'a lighthouse on a rocky coast at dawn',
  seed: 20,
  width: 160,
  height: 128,
  images: 1,
  sequential: false,
  guidanceScale: 7.5,
  watermark: false,
  mediaType: 'image/png',
  references: [],
};

export async function renderAll(
  provider: GenerationProvider,
  request: RenderRequest,
  context: Partial<RenderContext> = {},
): Promise<{ received: RenderedImage[]; progress: number[] }> {
  const received: RenderedImage[] = [];
  const progress: number[] = [];
  await provider.render(request, {
    signal: new AbortController().signal,
    onProgress: (fraction) => progress.push(fraction),
    onImage: async (image) => void received.push(image),
    ...context,
  });
  return { received, progress };
}

/** Hash of the decoded pixels: file bytes may differ between versions of an encoder. */
export async function pixelsOf(image: RenderedImage | undefined): Promise<string> {
  const raw = await sharp(image?.bytes, {
    failOn: 'error',
    pages: image?.mediaType === 'image/webp' ? -1 : 1,
  })
    .raw()
    .toBuffer();
  return createHash('sha256').update(raw).digest('hex');
}

export async function fingerprintsOf(images: readonly RenderedImage[]): Promise<string[]> {
  const ordered = [...images].sort((a, b) => a.index - b.index);
  return Promise.all(ordered.map(pixelsOf));
}
