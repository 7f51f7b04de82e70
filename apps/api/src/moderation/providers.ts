import {
  CaseConsequences,
  CaseMediaViews,
  CLOCK,
  type Clock,
  DeciderRunner,
  EncryptedAssets,
  EVENT_STORE,
  type EventStore,
  ModerationDesk,
  SECRETS,
  type Secrets,
} from '@imprest/application';
import { SharpMediaViewer } from '@imprest/output-inspection';
import { CONFIG, type Config } from '@imprest/platform';
import type { Provider } from '@nestjs/common';
import { CaseAnswers } from './case-answers.js';

const desk: Provider = {
  provide: ModerationDesk,
  inject: [DeciderRunner, EVENT_STORE, CLOCK, CaseConsequences, CONFIG],
  useFactory: (
    runner: DeciderRunner,
    store: EventStore,
    clock: Clock,
    consequences: CaseConsequences,
    { moderation: { caseHours } }: Config,
  ) => new ModerationDesk({ runner, store, clock, consequences, caseHours }),
};

const views: Provider = {
  provide: CaseMediaViews,
  inject: [EncryptedAssets, SECRETS, CLOCK],
  useFactory: (assets: EncryptedAssets, secrets: Secrets, clock: Clock) =>
    new CaseMediaViews({ assets, viewer: new SharpMediaViewer(), secrets, clock }),
};

export const moderationProviders: readonly Provider[] = [desk, views, CaseAnswers];
