export { CogStub, type CogStubOptions } from './cog-stub.js';
