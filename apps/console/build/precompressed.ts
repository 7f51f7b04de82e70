import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';
import type { Plugin } from 'vite';

const TEXT = /\.(js|css|html|svg)$/;
/** Smaller files fit into one packet either way. */
const WORTH_BYTES = 1024;

function compress(file: string): void {
  const bytes = readFileSync(file);
  if (bytes.length < WORTH_BYTES) return;
  const params = {
    [constants.BROTLI_PARAM_QUALITY]: constants.BROTLI_MAX_QUALITY,
    [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length,
  };
  writeFileSync(`${file}.gz`, gzipSync(bytes, { level: constants.Z_BEST_COMPRESSION }));
  writeFileSync(`${file}.br`, brotliCompressSync(bytes, { params }));
}

/** Puts a `.gz` and a `.br` next to each text of the bundle, so that no request waits for a compressor. */
export function precompressed(): Plugin {
  return {
    name: 'precompressed',
    apply: 'build',
    writeBundle({ dir }) {
      if (dir === undefined) throw new Error('The bundle is to be written into a folder.');
      const files = readdirSync(dir, { recursive: true, encoding: 'utf8' });
      for (const file of files) if (TEXT.test(file)) compress(join(dir, file));
    },
  };
}
