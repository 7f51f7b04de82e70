export type { ComfyuiOptions } from './comfyui-options.js';
export { ComfyuiProvider } from './comfyui-provider.js';
export type { ComfyuiModel } from './running/run-plan.js';
export { builtInTemplate } from './templates/built-in.js';
export { loadTemplate, parseTemplate, type Template } from './templates/template.js';
