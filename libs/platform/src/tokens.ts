/** Names under which the platform provides what is not a port of the application. */
export const CONFIG = Symbol('Config');
export const LOGGER = Symbol('Logger');
export const OPERATOR_KEYS = Symbol('OperatorKeys');
export const DATA_SOURCE = Symbol('DataSource');
/** Of the same database, for work that needs connections of its own. */
export const CONNECTION_STRING = Symbol('ConnectionString');
export const API_KEY_USAGE = Symbol('ApiKeyUsageSink');
export const SERVICE = Symbol('Service');
export const TRACING = Symbol('Tracing');
export const ENGINE_CHECKS = Symbol('EngineChecks');
