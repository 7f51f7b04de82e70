import { OperatorRuns } from '../background/operator-runs.js';
import { ProjectionDesk } from './projection-desk.js';
import { ProjectionsController } from './projections.controller.js';

export const projectionControllers = [ProjectionsController];
export const projectionProviders = [OperatorRuns, ProjectionDesk];
