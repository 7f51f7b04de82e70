import { fileURLToPath } from 'node:url';

/** Where a mapping that comes with the product lies. @param name such as `text-to-image` */
export function builtInMapping(name: string): string {
  return fileURLToPath(new URL(`../../data/mappings/${name}.yaml`, import.meta.url));
}
