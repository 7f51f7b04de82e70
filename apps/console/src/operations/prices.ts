import { formatTokens } from '../format/amount.ts';

type ByName = Readonly<Record<string, string>>;

interface Prices {
  readonly tokensPerImage: ByName | null;
  readonly tokensByResolution: Readonly<Record<string, ByName>> | null;
  readonly tokensPerClip: string | null;
  readonly tokensPerSecond: string | null;
}

const line = (prices: ByName) =>
  Object.entries(prices)
    .map(([name, price]) => `${name} ${formatTokens(price)}`)
    .join(', ');

/** What a model costs, a line for each way in which it is sold. */
export function describePrices(prices: Prices): string[] {
  const { tokensPerImage, tokensByResolution, tokensPerClip, tokensPerSecond } = prices;
  const resolutions = Object.entries(tokensByResolution ?? {});
  return [
    ...(tokensPerImage === null ? [] : [`an image: ${line(tokensPerImage)}`]),
    ...resolutions.map(([resolution, byQuality]) => `at ${resolution}: ${line(byQuality)}`),
    ...(tokensPerClip === null ? [] : [`a clip: ${formatTokens(tokensPerClip)}`]),
    ...(tokensPerSecond === null ? [] : [`a second: ${formatTokens(tokensPerSecond)}`]),
  ];
}
