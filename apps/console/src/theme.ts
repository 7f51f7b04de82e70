import {
  Anchor,
  type CSSVariablesResolver,
  createTheme,
  Drawer,
  type MantineTheme,
  Modal,
  Notification,
} from '@mantine/core';

/** The luminance at which black and white letters are told from their ground equally well. */
const EVEN_CONTRAST = 0.179;

/** Texts keep a contrast of 4.5 against their ground in both schemes; fonts are the system's. */
export const theme = createTheme({
  primaryColor: 'indigo',
  primaryShade: 7,
  autoContrast: true,
  luminanceThreshold: EVEN_CONTRAST,
  defaultRadius: 'md',
  cursorType: 'pointer',
  respectReducedMotion: true,
  fontFamily: 'system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", sans-serif',
  fontFamilyMonospace: 'ui-monospace, "SF Mono", "Cascadia Mono", "DejaVu Sans Mono", monospace',
  components: {
    // In running text a colour alone would not tell a link.
    Anchor: Anchor.extend({ defaultProps: { underline: 'always' } }),
    Drawer: Drawer.extend({ defaultProps: { closeButtonProps: { 'aria-label': 'Close' } } }),
    Modal: Modal.extend({ defaultProps: { closeButtonProps: { 'aria-label': 'Close' } } }),
    Notification: Notification.extend({
      defaultProps: { closeButtonProps: { 'aria-label': 'Dismiss' } },
    }),
  },
});

/** Letters on the light ground of their own colour, as badges and alerts have them. */
const lettersOnLight = ({ colors }: MantineTheme) =>
  Object.fromEntries(
    Object.keys(colors).map((color) => [
      `--mantine-color-${color}-light-color`,
      `color-mix(in srgb, var(--mantine-color-${color}-9), black 35%)`,
    ]),
  );

/** Where Mantine's own colours are too pale to be read well. */
export const cssVariables: CSSVariablesResolver = (used) => ({
  variables: {},
  light: { '--mantine-color-dimmed': 'var(--mantine-color-gray-7)', ...lettersOnLight(used) },
  dark: { '--mantine-color-dimmed': 'var(--mantine-color-dark-1)' },
});
