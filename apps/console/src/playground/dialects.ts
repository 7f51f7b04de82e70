import type { KeyHeader } from '../exchange/api-request.ts';

export const dialectNames = ['xmode', 'xenodia', 'uncensored', 'xavira'] as const;
export type DialectName = (typeof dialectNames)[number];

/** What is made: a picture, or a clip of one that was made before. */
export type OutputKind = 'image' | 'video';

export interface Dialect {
  readonly name: DialectName;
  readonly label: string;
  /** Routes that make something, by what they make. */
  readonly paths: { readonly image: string; readonly video?: string };
  /** Header that carries the key of a program. */
  readonly keyHeader: KeyHeader;
  /** Whether the answer comes at once and the outcome has to be followed. */
  readonly answersAtOnce: boolean;
}

/** As docs/dialects.md has them. */
export const dialects: Readonly<Record<DialectName, Dialect>> = {
  xmode: {
    name: 'xmode',
    label: 'Native (xmode)',
    paths: { image: '/v1/generations', video: '/v1/generations' },
    keyHeader: 'authorization',
    answersAtOnce: true,
  },
  xenodia: {
    name: 'xenodia',
    label: 'OpenAI Images (xenodia)',
    paths: { image: '/v1/images/generations' },
    keyHeader: 'authorization',
    answersAtOnce: true,
  },
  uncensored: {
    name: 'uncensored',
    label: 'Jobs (uncensored)',
    paths: { image: '/api/v1/images/generations' },
    keyHeader: 'x-api-key',
    answersAtOnce: false,
  },
  xavira: {
    name: 'xavira',
    label: 'Characters (xavira)',
    paths: { image: '/v1/images:generate', video: '/v1/videos:generate' },
    keyHeader: 'authorization',
    answersAtOnce: false,
  },
};

export const isDialectName = (text: string | undefined): text is DialectName =>
  dialectNames.some((name) => name === text);
