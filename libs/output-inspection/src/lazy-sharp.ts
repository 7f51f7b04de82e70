type SharpModule = typeof import('sharp');
export type Sharp = SharpModule['default'];

let loaded: Promise<Sharp> | undefined;

/** Loaded with the first file, so that a process that sees none starts without it. */
export function lazySharp(): Promise<Sharp> {
  loaded ??= import('sharp').then(({ default: sharp }) => {
    // One thread a file, so that a limit on files is a limit on cores; no file comes twice.
    sharp.concurrency(1);
    sharp.cache(false);
    return sharp;
  });
  return loaded;
}
