/** Where the eye stands and how its picture lies on the pixels. One world unit is about a kilometre. */
export interface View {
  /** Pixels. */
  readonly width: number;
  readonly height: number;
  /** Row of the horizon; may be a fraction. */
  readonly horizon: number;
  /** Column straight ahead. */
  readonly centre: number;
  /** Pixels that something one unit high covers at a distance of one unit. */
  readonly unit: number;
  /** Height of the eye over the water, in world units. */
  readonly eye: number;
  /** How far the camera has moved through a series, in frames. */
  readonly travel: number;
  /** Throws when the picture is no longer wanted; called every few milliseconds of work. */
  readonly checkpoint: () => void;
}

export interface Picture {
  readonly width: number;
  readonly height: number;
  readonly travel: number;
  readonly checkpoint: () => void;
}

/** Tall pictures keep the scale of a 4:5 one, so that what they gain is sky and ground. */
export function viewOf(picture: Picture, horizonShare: number, eye: number): View {
  const { width, height, travel, checkpoint } = picture;
  return {
    width,
    height,
    horizon: height * horizonShare,
    centre: width / 2,
    unit: Math.min(height, width * 1.25),
    eye,
    travel,
    checkpoint,
  };
}
