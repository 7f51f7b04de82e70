export * from './console-sessions.js';
export * from './memberships.js';
export * from './operator-areas.js';
export * from './role-scopes.js';
export * from './session.js';
export * from './session-lives.js';
export * from './session-tokens.js';
