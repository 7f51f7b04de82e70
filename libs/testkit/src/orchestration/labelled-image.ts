import {
  type InspectOutput,
  type OutputDecoder,
  type OutputHeader,
  OutputStage,
  type OutputStageServices,
  PreviewStage,
  type PreviewStageServices,
} from '@imprest/application';

const FORM = /^(image\/(?:png|jpeg|webp)|video\/mp4) (\d+)x(\d+) (moves )?/;

/** Bytes that `inspectOutput` takes for a still image of that size; the label makes them differ. */
export function imageOf(
  width: number,
  height: number,
  label = '',
  mediaType: OutputHeader['mediaType'] = 'image/png',
): Uint8Array {
  return Buffer.from(`${mediaType} ${width}x${height} ${label}`);
}

/** Bytes that `inspectOutput` takes for a clip of that size, and the decoder for one of that many seconds. */
export function clipOf(
  width: number,
  height: number,
  mediaType: OutputHeader['mediaType'] = 'image/webp',
  seconds = 3,
): Uint8Array {
  return imageOf(width, height, `moves for ${seconds} s`, mediaType);
}

export const inspectOutput: InspectOutput = (bytes) => {
  const text = Buffer.from(bytes.subarray(0, 64)).toString('latin1');
  const [, mediaType, width, height, moves] = FORM.exec(text) ?? [];
  if (mediaType === undefined) return undefined;
  return {
    mediaType: mediaType as OutputHeader['mediaType'],
    moves: moves !== undefined,
    width: Number(width),
    height: Number(height),
  };
};

/** Believes every label, and makes a thumbnail of everything but an MP4. */
export const labelledDecoder: OutputDecoder = {
  async decode(bytes, { mediaType }) {
    const [, seconds] = /moves for (\d+) s/.exec(Buffer.from(bytes).toString('latin1')) ?? [];
    const thumbnail = mediaType === 'video/mp4' ? null : pictureOf(bytes);
    if (seconds === undefined) return { frames: 1, durationMs: 0, thumbnail };
    return { frames: Number(seconds) * 8, durationMs: Number(seconds) * 1_000, thumbnail };
  },
  async pictures(bytes, { mediaType }) {
    return mediaType === 'video/mp4' ? [] : [pictureOf(bytes)];
  },
};

function pictureOf(bytes: Uint8Array) {
  const label = Buffer.concat([Buffer.from('small '), bytes]);
  return { bytes: label, mediaType: 'image/webp', width: 512, height: 512 } as const;
}

const labelled: OutputStageServices = {
  inspect: inspectOutput,
  decoder: labelledDecoder,
  moderators: [],
  marker: { mark: async (bytes) => ({ bytes, marks: ['xmp'] }) },
};

/** An output stage for labelled images that nobody moderates, and whose marks are not written. */
export function labelledStage(overrides: Partial<OutputStageServices> = {}): OutputStage {
  return new OutputStage({ ...labelled, ...overrides });
}

/** The same for previews. */
export function labelledPreviewStage(overrides: Partial<PreviewStageServices> = {}): PreviewStage {
  return new PreviewStage({ wanted: true, ...labelled, ...overrides });
}
