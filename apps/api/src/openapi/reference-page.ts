/** Nothing but what this server sends: whatever the bundle might ask others for is refused by the browser. */
export const REFERENCE_POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data:",
  "connect-src 'self'",
  "font-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

/** Paths are relative, so that the page works below a prefix too. */
const configuration = {
  url: 'openapi.json',
  withDefaultFonts: false,
  proxyUrl: '',
  telemetry: false,
  showDeveloperTools: 'never',
  hideClientButton: true,
  agent: { disabled: true },
  mcp: { disabled: true },
  persistAuth: false,
};

const attribute = (value: object) =>
  JSON.stringify(value).replace(/&/g, '&amp;').replace(/"/g, '&quot;');

export const referencePage = `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8" />
    <meta name="viewport" content="width=device-width, initial-scale=1" />
    <title>Imprest API</title>
    <link rel="icon" href="data:," />
  </head>
  <body>
    <script id="api-reference" type="application/json" data-configuration="${attribute(configuration)}"></script>
    <script src="docs/reference.js"></script>
    <noscript>The reference needs JavaScript; the same is in <a href="openapi.json">openapi.json</a>.</noscript>
  </body>
</html>
`;
