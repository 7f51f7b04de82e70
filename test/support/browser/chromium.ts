import { existsSync } from 'node:fs';

/** Debian's, other distributions', and whichever the environment names. */
const PLACES = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];

/** The browser that tests of the console drive; undefined where there is none. */
export function chromiumPath(): string | undefined {
  const { CHROMIUM_PATH } = process.env;
  return CHROMIUM_PATH || PLACES.find((path) => existsSync(path));
}

/** Why no page can be looked at here; undefined when one can. */
export function chromiumUnavailable(): string | undefined {
  return chromiumPath() === undefined
    ? 'there is no Chromium (apt-get install chromium, or CHROMIUM_PATH)'
    : undefined;
}
