export { type ComfyuiGeneration, ComfyuiStub } from './comfyui-stub.js';
