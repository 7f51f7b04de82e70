import type { ProviderStanding } from '@imprest/application';
import { partsOf } from '@imprest/provider-http';
import type { ComfyuiApi } from '../protocol/comfyui-api.js';
import { fieldsOf, listOf, textOf } from '../protocol/json-fields.js';
import type { ComfyuiModel } from '../running/run-plan.js';
import { templateFaults } from './template-faults.js';

const GIB = 1024 ** 3;

/** Whether the server answers, what card it has, and whether it has the nodes and files of every template. */
export async function standingOf(
  api: ComfyuiApi,
  models: Readonly<Record<string, ComfyuiModel>>,
  loaded: string | undefined,
  signal: AbortSignal,
): Promise<ProviderStanding> {
  const stats = fieldsOf(await api.systemStats(signal));
  const faults = await templateFaults(api, partsOf(models), signal);
  return {
    ready: faults.length === 0,
    detail: [serverOf(stats), ...faults].join('; '),
    models: Object.keys(models).map((name) => ({ name, loaded: name === loaded })),
  };
}

/** `{system: {comfyui_version}, devices: [{name, vram_total, vram_free}]}`, sizes in bytes. */
function serverOf(stats: ReturnType<typeof fieldsOf>): string {
  const version = textOf(fieldsOf(stats.system).comfyui_version) ?? 'of an unknown version';
  const devices = listOf(stats.devices)
    .map(fieldsOf)
    .map(({ name, vram_total: total, vram_free: free }) => {
      const gib = (bytes: unknown) => (Number(bytes ?? 0) / GIB).toFixed(1);
      return `${textOf(name) ?? 'a device'} with ${gib(free)} of ${gib(total)} GiB free`;
    });
  return [`ComfyUI ${version}`, ...devices].join(', ');
}
