import { GenerationCosts } from './generation-costs.js';
import { GenerationTrail } from './generation-trail.js';
import { RecordedTimelineController } from './recorded-timeline.controller.js';
import { TimelineController } from './timeline.controller.js';

export const timelineControllers = [TimelineController, RecordedTimelineController];
export const timelineProviders = [GenerationTrail, GenerationCosts];
