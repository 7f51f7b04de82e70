import type { components } from '../api/openapi.ts';

export type Generation = components['schemas']['Generation'];
export type GenerationStatus = Generation['status'];

export const generationStatuses: readonly GenerationStatus[] = [
  'queued',
  'processing',
  'succeeded',
  'failed',
  'cancelled',
  'expired',
];

const UNDER_WAY: readonly GenerationStatus[] = ['queued', 'processing'];

/** Whether it may change still: what is under way can be cancelled, the rest erased. */
export const isUnderWay = (status: GenerationStatus): boolean => UNDER_WAY.includes(status);

export interface Output {
  readonly id: string;
  /** Signed, for the browser itself; null when there is nothing to show. */
  readonly url: string | null;
  readonly thumbnail: string | null;
  readonly isVideo: boolean;
  readonly isLost: boolean;
  readonly sha256: string | null;
  readonly expiresAt: string | null;
}

/** The files of the API under the address of the page, whatever name the operator gave the API itself. */
export function sameOriginAsset(url: string): string {
  const { pathname, search } = new URL(url, 'http://localhost');
  return pathname.startsWith('/assets/') ? pathname + search : url;
}

const SNIFFED = [
  ['/9j/', 'image/jpeg'],
  ['UklGR', 'image/webp'],
] as const;

function dataUrl(base64: string): string {
  const known = SNIFFED.find(([start]) => base64.startsWith(start));
  return `data:${known?.[1] ?? 'image/png'};base64,${base64}`;
}

type Picture = NonNullable<Generation['images']>[number];

function imageOutput(image: Picture): Output {
  const blank = { id: image.id, isVideo: false, thumbnail: null, expiresAt: null, sha256: null };
  if ('error' in image) return { ...blank, url: null, isLost: true };
  const url = 'url' in image ? sameOriginAsset(image.url) : dataUrl(image.b64_json);
  const { expiresAt, sha256, thumbnailUrl } = image;
  const thumbnail = thumbnailUrl === undefined ? null : sameOriginAsset(thumbnailUrl);
  return { ...blank, url, thumbnail, isLost: false, expiresAt, sha256 };
}

/** What a generation has made, to be shown. */
export function outputsOf({
  images = [],
  videos = [],
}: Pick<Generation, 'images' | 'videos'>): Output[] {
  const clips = videos.map(({ id, url, thumbnailUrl, mediaType, sha256, expiresAt }) => ({
    id,
    url: sameOriginAsset(url),
    thumbnail: thumbnailUrl === undefined ? null : sameOriginAsset(thumbnailUrl),
    isVideo: mediaType === 'video/mp4',
    isLost: false,
    sha256,
    expiresAt,
  }));
  return [...images.map(imageOutput), ...clips];
}
