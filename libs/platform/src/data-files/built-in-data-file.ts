import { fileURLToPath } from 'node:url';

/** Where a data file that comes with the product lies. @param name with its ending, e.g. `models.yaml` */
export function builtInDataFile(name: string): string {
  return fileURLToPath(new URL(`../../data/${name}`, import.meta.url));
}
