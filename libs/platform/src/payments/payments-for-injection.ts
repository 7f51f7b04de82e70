import {
  CLOCK,
  type Clock,
  PAYMENT_PROVIDERS,
  TOP_UP_INDEX,
  TOP_UP_PACKAGES,
} from '@imprest/application';
import { TopUpQueries } from '@imprest/read-models';
import type { Provider } from '@nestjs/common';
import type { DataSource } from 'typeorm';
import type { Config } from '../config/index.js';
import { CONFIG, DATA_SOURCE } from '../tokens.js';
import { paymentProviders } from './payment-providers.js';
import { loadTopUpPackages } from './top-up-packages.js';

/** What top-ups need beside the engines, for the module that takes them. */
export const paymentsForInjection: readonly Provider[] = [
  {
    provide: PAYMENT_PROVIDERS,
    useFactory: ({ payments }: Config, clock: Clock) => paymentProviders(payments, clock),
    inject: [CONFIG, CLOCK],
  },
  {
    provide: TOP_UP_PACKAGES,
    useFactory: ({ payments }: Config) => loadTopUpPackages(payments.packagesFile),
    inject: [CONFIG],
  },
  {
    provide: TopUpQueries,
    useFactory: (dataSource: DataSource) => new TopUpQueries(dataSource),
    inject: [DATA_SOURCE],
  },
  { provide: TOP_UP_INDEX, useExisting: TopUpQueries },
];
