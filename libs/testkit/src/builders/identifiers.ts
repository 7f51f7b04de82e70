/** Ids as the product makes them, fixed so that tests and frozen samples read the same every time. */
export const tenantId = 'ten_01kf0a7q4v5y6z8m2c3d4e5f6g';
export const apiKeyId = 'key_01kf0a8r5w6z7a9n3d4e5f6g7h';
export const endUserId = 'usr_01kf0a9s6x7b8c0p4e5f6g7h8j';
export const userId = 'usr_01kf0adt7y8c9d1q5f6g7h8j9k';
export const generationId = 'req_01kf0abt7y8c9d1q5f6g7h8j9k';
export const dataKeyId = 'dek_01kf0acv8z9d0e2r6g7h8j9kam';

/** SHA-256 of nothing in particular, hex. */
export const sha256 = '7d865e959b2466918c9863afca942d0fb89d7c9ac0c99bafc3749504ded97730';
