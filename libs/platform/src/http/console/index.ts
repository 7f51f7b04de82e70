export { boundStream } from './bounded-stream.js';
export { ConsoleGate } from './console-gate.js';
export { type ConsoleTarget, consoleTarget, routeConsoleUrl } from './console-target.js';
export { MemberPrincipals } from './member-principals.js';
export { cookieOf, SESSION_COOKIE, SESSION_COOKIE_PATH, sessionTokenOf } from './session-cookie.js';
