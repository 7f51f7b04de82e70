import { Module } from '@nestjs/common';
import { EngineProbe } from './engine-probe.js';
import { OperationsController } from './operations.controller.js';

@Module({ controllers: [OperationsController], providers: [EngineProbe], exports: [EngineProbe] })
export class OperationsModule {}
