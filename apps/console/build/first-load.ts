import { gzipSync } from 'node:zlib';
import type { Plugin, Rolldown } from 'vite';

type Bundle = Rolldown.OutputBundle;

/** The entry and all that it imports at once, by name. */
function firstChunks(bundle: Bundle): Set<string> {
  const entries = Object.values(bundle).filter((file) => file.type === 'chunk' && file.isEntry);
  const names = new Set(entries.map(({ fileName }) => fileName));
  for (const name of names) {
    const file = bundle[name];
    if (file?.type === 'chunk') for (const imported of file.imports) names.add(imported);
  }
  return names;
}

/** Fails the build when more script than that, compressed, has to come before the first page. */
export function firstLoadAtMost(limitKilobytes: number): Plugin {
  return {
    name: 'first-load',
    apply: 'build',
    generateBundle(_options, bundle) {
      let bytes = 0;
      for (const name of firstChunks(bundle)) {
        const file = bundle[name];
        if (file?.type === 'chunk') bytes += gzipSync(file.code).length;
      }
      const kilobytes = Math.ceil(bytes / 1000);
      if (kilobytes > limitKilobytes) {
        this.error(
          `The first load takes ${kilobytes} kB of script, the limit is ${limitKilobytes}.`,
        );
      }
      this.info(`The first load takes ${kilobytes} kB of script.`);
    },
  };
}
