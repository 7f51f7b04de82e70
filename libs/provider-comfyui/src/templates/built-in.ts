import { fileURLToPath } from 'node:url';

/** Where a template that comes with the product lies. @param name such as `text-to-image` */
export function builtInTemplate(name: string): string {
  return fileURLToPath(new URL(`../../data/templates/${name}.yaml`, import.meta.url));
}
