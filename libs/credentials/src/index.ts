export { Argon2PasswordHasher } from './argon2-password-hasher.js';
export { OtplibTimeCodes } from './otplib-time-codes.js';
