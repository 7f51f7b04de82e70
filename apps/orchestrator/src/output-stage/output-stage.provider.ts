import { CLOCK, type Clock } from '@imprest/application';
import { CONFIG, type Config, LOGGER } from '@imprest/platform';
import type { FactoryProvider } from '@nestjs/common';
import type { Logger } from 'pino';
import { OpenOutputStage } from './open-output-stage.js';

export const outputStageProvider: FactoryProvider<OpenOutputStage> = {
  provide: OpenOutputStage,
  inject: [CONFIG, CLOCK, LOGGER],
  useFactory: (config: Config, clock: Clock, logger: Logger) =>
    OpenOutputStage.open(config, clock, logger),
};
