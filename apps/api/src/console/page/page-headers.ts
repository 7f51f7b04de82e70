/**
 * The page runs its own scripts and asks nobody but this server, and the public address of the
 * images, should that be another one. Mantine puts its sizes into style tags.
 */
function contentSecurityPolicy(publicUrl: string | undefined): string {
  const images = publicUrl === undefined ? '' : ` ${new URL(publicUrl).origin}`;
  return [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self' 'unsafe-inline'",
    `img-src 'self' data: blob:${images}`,
    `media-src 'self' blob:${images}`,
    "connect-src 'self'",
    "font-src 'self'",
    "manifest-src 'self'",
    "form-action 'self'",
    "frame-ancestors 'none'",
    "base-uri 'none'",
  ].join('; ');
}

const UNUSED_FEATURES = ['camera', 'geolocation', 'microphone', 'payment', 'usb'];

export const pageHeaders = (publicUrl: string | undefined): Readonly<Record<string, string>> => ({
  'content-security-policy': contentSecurityPolicy(publicUrl),
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'permissions-policy': UNUSED_FEATURES.map((feature) => `${feature}=()`).join(', '),
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
  vary: 'accept-encoding',
});
