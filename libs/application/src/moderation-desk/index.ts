export { blockReasonForTenant } from './block-reason.js';
export { CaseConsequences, CaseFollowUp } from './case-consequences.js';
export { CaseMediaViews, type ShownMedia, type ViewPass } from './case-media.js';
export { CaseOpener } from './case-opener.js';
export { applyToCaseView, type CaseStep, type CaseView, loadCase } from './case-view.js';
export { ModerationDesk, type Verdict } from './moderation-desk.js';
