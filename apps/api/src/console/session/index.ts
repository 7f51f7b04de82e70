import {
  AcceptingInvitations,
  IssueLimits,
  Members,
  OwnPassword,
  OwnSessions,
  Passwords,
  Registration,
  SecondFactor,
  SessionOpening,
  SignInGuard,
  SignInLinks,
  SigningIn,
  SigningUp,
  Users,
} from '@imprest/application';
import { AccountController } from './account.controller.js';
import { InvitationsController } from './invitations.controller.js';
import { SessionController } from './session.controller.js';
import { SessionAnswers } from './session-answers.js';
import { SessionViews } from './session-views.js';
import { SessionsController } from './sessions.controller.js';

export { SessionAnswers, visitOf } from './session-answers.js';

export const sessionControllers = [
  SessionController,
  SessionsController,
  AccountController,
  InvitationsController,
];

export const sessionProviders = [
  AcceptingInvitations,
  IssueLimits,
  Members,
  SignInLinks,
  OwnPassword,
  OwnSessions,
  Passwords,
  Registration,
  SecondFactor,
  SessionAnswers,
  SessionOpening,
  SessionViews,
  SignInGuard,
  SigningIn,
  SigningUp,
  Users,
];
