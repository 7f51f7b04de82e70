import { Module } from '@nestjs/common';
import { EngineProbe } from './engine-probe.js';
import { ModelsHealth } from './models-health.js';
import { OperationsController } from './operations.controller.js';

@Module({
  controllers: [OperationsController],
  providers: [EngineProbe, ModelsHealth],
  exports: [EngineProbe],
})
export class OperationsModule {}
