import type { ConfigKeyName } from './config-keys.js';
import type { EnvironmentReader } from './environment-reader.js';

export interface BtcpayChoice {
  readonly url: string;
  readonly storeId: string;
  readonly apiKey: string;
  readonly webhookSecret: string;
}

export interface StripeChoice {
  readonly url: string;
  readonly apiKey: string;
  readonly webhookSecret: string;
}

export interface PaymentsChoice {
  readonly btcpay: BtcpayChoice | undefined;
  readonly stripe: StripeChoice | undefined;
  /** YAML file of what is sold; undefined: the built-in one. */
  readonly packagesFile: string | undefined;
  /** Tokens that one operator may credit by hand. */
  readonly manualCreditLimit: bigint;
}

const SHORTEST_SECRET = 16;
const STRIPE = 'https://api.stripe.com';

function matching(
  reader: EnvironmentReader,
  name: ConfigKeyName,
  form: RegExp,
  rule: string,
): string | undefined {
  const text = reader.text(name);
  if (text !== undefined && !form.test(text)) reader.problems.push(`${name} must ${rule}`);
  return text;
}

function secret(reader: EnvironmentReader, name: ConfigKeyName): string | undefined {
  const form = new RegExp(`^[\\x21-\\x7e]{${SHORTEST_SECRET},}$`);
  return matching(reader, name, form, `have at least ${SHORTEST_SECRET} characters and no spaces`);
}

function address(reader: EnvironmentReader, name: ConfigKeyName): string | undefined {
  const text = reader.text(name);
  if (text === undefined) return undefined;
  const url = URL.canParse(text) ? new URL(text) : undefined;
  const isPlain = url !== undefined && url.username === '' && url.search === '' && url.hash === '';
  if (!isPlain || !/^https?:$/.test(url.protocol)) {
    reader.problems.push(`${name} must be a URL that begins with http:// or https://`);
  }
  return text.replace(/\/+$/, '');
}

/** All of them or none: half a provider would take orders and never hear of their payment. */
function together<Choice extends Readonly<Record<string, string | undefined>>>(
  reader: EnvironmentReader,
  given: Choice,
  names: readonly ConfigKeyName[],
  problemsBefore: number,
): { readonly [Key in keyof Choice]: string } | undefined {
  const values = Object.values(given);
  if (values.every((value) => value === undefined)) return undefined;
  if (values.includes(undefined) && reader.problems.length === problemsBefore) {
    reader.problems.push(`${names.join(', ')} belong together: set all of them or none`);
  }
  return given as { readonly [Key in keyof Choice]: string };
}

export function paymentsChoice(reader: EnvironmentReader): PaymentsChoice {
  const before = reader.problems.length;
  const btcpay = {
    url: address(reader, 'BTCPAY_URL'),
    storeId: matching(reader, 'BTCPAY_STORE_ID', /^[A-Za-z0-9]{1,64}$/, 'be the id of a store'),
    apiKey: secret(reader, 'BTCPAY_API_KEY'),
    webhookSecret: secret(reader, 'BTCPAY_WEBHOOK_SECRET'),
  };
  const stripe = {
    apiKey: matching(reader, 'STRIPE_API_KEY', /^[rs]k_\w{8,}$/, 'begin with sk_ or rk_'),
    webhookSecret: matching(reader, 'STRIPE_WEBHOOK_SECRET', /^whsec_\S{8,}$/, 'begin with whsec_'),
  };
  const stripeUrl = address(reader, 'STRIPE_URL') ?? STRIPE;
  const btcpayNames = ['BTCPAY_URL', 'BTCPAY_STORE_ID', 'BTCPAY_API_KEY'] as const;
  const ofBtcpay = [...btcpayNames, 'BTCPAY_WEBHOOK_SECRET'] as const;
  const ofStripe = ['STRIPE_API_KEY', 'STRIPE_WEBHOOK_SECRET'] as const;
  const chosen = together(reader, stripe, ofStripe, before);
  return {
    btcpay: together(reader, btcpay, ofBtcpay, before),
    stripe: chosen && { ...chosen, url: stripeUrl },
    packagesFile: reader.text('IMPREST_TOP_UP_PACKAGES'),
    manualCreditLimit: BigInt(
      reader.integer('MANUAL_CREDIT_LIMIT', 10_000, 0, Number.MAX_SAFE_INTEGER),
    ),
  };
}
