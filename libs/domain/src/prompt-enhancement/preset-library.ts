export const presetKinds = ['camera', 'pose', 'light', 'composition'] as const;
export type PresetKind = (typeof presetKinds)[number];

/** A short label and what it stands for in a prompt. */
export interface Preset {
  readonly label: string;
  readonly kind: PresetKind;
  /** Other spellings of the label. */
  readonly aliases: readonly string[];
  readonly text: string;
}

/** What a house adds to prompts: data of the operator. */
export interface PresetLibrary {
  readonly version: string;
  readonly presets: readonly Preset[];
  /** Put first, by the model's public name; `default` for every other model. */
  readonly quality: Readonly<Record<string, string>> & { readonly default: string };
  /** What no picture should have. */
  readonly negativePrompt: string;
}
