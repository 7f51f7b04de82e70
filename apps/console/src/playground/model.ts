import type { components } from '../api/openapi.ts';
import type { OutputKind } from './dialects.ts';

export type Model = components['schemas']['XenodiaModel'];
type Capabilities = Model['capabilities'];
export type ImageCapabilities = Extract<Capabilities, { readonly max_n: number }>;
export type VideoCapabilities = Extract<Capabilities, { readonly max_seconds: number }>;

export const isVideo = (capabilities: Capabilities): capabilities is VideoCapabilities =>
  'max_seconds' in capabilities;

export const kindOf = ({ capabilities }: Model): OutputKind =>
  isVideo(capabilities) ? 'video' : 'image';
