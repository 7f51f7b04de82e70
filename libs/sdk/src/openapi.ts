// @generated from docs/openapi.json by `npm run sdk:write`; test/architecture/sdk-types.spec.ts holds it to that.

export type paths = Record<string, never>;
export type webhooks = Record<string, never>;
export interface components {
    schemas: {
        /** @description A key, without the key itself. */
        readonly ApiKey: {
            /** @description Id of the key; not secret. */
            readonly id: string;
            /** @description Id of the tenant. */
            readonly tenantId: string;
            /** @description Name of the key. */
            readonly name: string;
            /** @description The first characters of the key, to tell keys apart; not secret. */
            readonly prefix: string;
            /** @description What the key may do. */
            readonly scopes: readonly ("generations:write" | "generations:read" | "balance:read" | "ledger:read" | "top_ups:write" | "end_users:read" | "end_users:write" | "events:read" | "webhooks:read" | "webhooks:write" | "keys:read" | "keys:write" | "members:read" | "members:write")[];
            /** @description What it may use; null for every model. */
            readonly models: readonly string[] | null;
            /** @description Requests a minute on the base tier, in each bucket: images, video, polling. */
            readonly requestsPerMinute: number;
            /**
             * Format: date-time
             * @description When it was issued. ISO 8601, UTC.
             */
            readonly createdAt: string;
            /**
             * Format: date-time
             * @description When it expires; null when it never does. ISO 8601, UTC.
             */
            readonly expiresAt: string | null;
            /** @description Id of its successor. */
            readonly rotatedTo: string | null;
            /**
             * Format: date-time
             * @description Its expiry or the end of its overlap, whichever is earlier. ISO 8601, UTC.
             */
            readonly validUntil: string | null;
            /**
             * Format: date-time
             * @description When it was revoked. ISO 8601, UTC.
             */
            readonly revokedAt: string | null;
            /** @description Why it was revoked. */
            readonly revokedReason: string | null;
            /**
             * Format: date-time
             * @description Latest use, a few seconds late. ISO 8601, UTC.
             */
            readonly lastUsedAt: string | null;
            /** @description Requests made with it as a decimal string, a few seconds late. */
            readonly requests: string;
        };
        /** @description Keys, newest first, revoked ones among them. */
        readonly ApiKeyPage: {
            /** @description At most `limit`. */
            readonly keys: readonly components["schemas"]["ApiKey"][];
            /** @description Send it as `cursor` for the next page; null on the last one. */
            readonly nextCursor: string | null;
        };
        /** @description What the account holds, from the account itself: never behind. */
        readonly Balance: {
            /** @description Tokens that can be spent; the same as `available`. */
            readonly xTokens: number;
            /** @description Tokens that can be spent. */
            readonly available: number;
            /** @description Tokens held for work under way. */
            readonly held: number;
            /** @description Bought tokens among the available ones; they never expire. */
            readonly purchased: number;
            /** @description Granted tokens among the available ones. */
            readonly promotional: number;
            /** @description A frozen account accepts no request. */
            readonly frozen: boolean;
        };
        /** @description When to tell of a low balance. */
        readonly BalanceAlert: {
            /** @description Told when fewer tokens than that are available. */
            readonly threshold: number;
            /**
             * Format: uri
             * @description Where to tell.
             */
            readonly webhookUrl: string;
        };
        /** @description What may be spent, and what was. */
        readonly Budget: {
            /** @description Tokens that may be spent on one day of UTC; null is no cap. */
            readonly perDay: number | null;
            /** @description Tokens that may be spent in one month of UTC; null is no cap. */
            readonly perMonth: number | null;
            /** @description Tokens that may be spent altogether; null is no cap. */
            readonly total: number | null;
            /** @description Held or captured, and neither released nor refunded, since the budget was set. */
            readonly spent: {
                /** @description Tokens on the present day of UTC. */
                readonly today: number;
                /** @description Tokens in the present month of UTC. */
                readonly thisMonth: number;
                /** @description Tokens altogether. */
                readonly total: number;
            };
        };
        /**
         * Imprest charge proof
         * @description Everything there is to the charge of one generation, and the way to a signed seal.
         */
        readonly ChargeProof: {
            /**
             * @description What this is.
             * @constant
             */
            readonly format: "imprest-charge-proof";
            /**
             * @description Version of the document.
             * @constant
             */
            readonly version: 1;
            /** @description What the records say. A verifier tells it anew and compares. */
            readonly charge: {
                /** @description The generation. */
                readonly generationId: string;
                /** @description Whose it is. */
                readonly tenantId: string;
                /**
                 * Format: date-time
                 * @description When it was asked for. ISO 8601, UTC, with milliseconds.
                 */
                readonly requestedAt: string;
                /** @description The price frozen at the request. */
                readonly price: {
                    /** @description Of the price book. */
                    readonly priceBookVersion: string;
                    /** @description Model asked for. */
                    readonly model: string;
                    /** @description Images asked for. */
                    readonly images: number;
                    /** @description Tokens for each. A whole number as a decimal string. */
                    readonly perImage: string;
                    /** @description Tokens for all. A whole number as a decimal string. */
                    readonly total: string;
                };
                /**
                 * @description How it ended.
                 * @enum {string}
                 */
                readonly outcome: "open" | "succeeded" | "failed" | "cancelled";
                /**
                 * Format: date-time
                 * @description When it ended. ISO 8601, UTC, with milliseconds.
                 */
                readonly endedAt: string | null;
                /** @description Tokens the outcome says were charged. A whole number as a decimal string. */
                readonly charged: string;
                /**
                 * @description What became of the hold.
                 * @enum {string}
                 */
                readonly hold: "none" | "open" | "settled" | "released";
                /** @description Tokens held. A whole number as a decimal string. */
                readonly held: string;
                /** @description Tokens kept. A whole number as a decimal string. */
                readonly captured: string;
                /** @description Tokens that went back. A whole number as a decimal string. */
                readonly released: string;
                /** @description Kept tokens that were given back later. A whole number as a decimal string. */
                readonly refunded: string;
                /** @description Where the tokens came from. */
                readonly lots: readonly {
                    /** @description Id of the lot. */
                    readonly lotId: string;
                    /**
                     * @description Kind of the lot.
                     * @enum {string|null}
                     */
                    readonly kind: "purchased" | "promotional" | null;
                    /** @description Tokens held of it. A whole number as a decimal string. */
                    readonly held: string;
                    /** @description Tokens kept of it. A whole number as a decimal string. */
                    readonly captured: string;
                    /** @description Tokens that went back to it. A whole number as a decimal string. */
                    readonly released: string;
                    /** @description Kept tokens that were given back later. A whole number as a decimal string. */
                    readonly refunded: string;
                    /** @description What was paid for the whole lot; null for a grant. */
                    readonly price: {
                        /** @description In minor units. A whole number as a decimal string. */
                        readonly minorUnits: string;
                        /** @description ISO 4217. */
                        readonly currency: string;
                        /** @description Tokens it came with. A whole number as a decimal string. */
                        readonly tokens: string;
                    } | null;
                }[];
                /** @description Who worked on it. */
                readonly attempts: readonly {
                    /** @description From 1. */
                    readonly attempt: number;
                    /** @description Who it was. */
                    readonly workerId: string;
                    /**
                     * Format: date-time
                     * @description When it began. ISO 8601, UTC, with milliseconds.
                     */
                    readonly leasedAt: string;
                    /** @description Why it failed; null when it did not. */
                    readonly failure: string | null;
                }[];
                /** @description Who was told, and when. */
                readonly deliveries: readonly {
                    /** @description Id of the message. */
                    readonly messageId: string;
                    /** @description From 1. */
                    readonly attempt: number;
                    /**
                     * Format: date-time
                     * @description When. ISO 8601, UTC, with milliseconds.
                     */
                    readonly at: string;
                    /** @description What became of it. */
                    readonly outcome: string;
                    /** @description HTTP status; null when there was no answer. */
                    readonly status: number | null;
                }[];
                /** @description What was handed out. Missing in documents of earlier versions. */
                readonly images?: readonly {
                    /** @description From 0. */
                    readonly index: number;
                    /** @description What it is. */
                    readonly mediaType: string;
                    /** @description Size of the file. */
                    readonly bytes: number;
                    /** @description Of the file. SHA-256 in hexadecimal. */
                    readonly sha256: string;
                }[];
            };
            /** @description In store order. */
            readonly records: readonly {
                /** @description An event byte for byte as the store has it. */
                readonly event: {
                    /** @description Place in the store. A whole number as a decimal string. */
                    readonly position: string;
                    /** @description Category, a dash, and the id of what it is about. */
                    readonly stream: string;
                    /** @description Number within its stream, from 0 without a gap. */
                    readonly revision: number;
                    /** @description UUID. */
                    readonly eventId: string;
                    /** @description What happened. */
                    readonly type: string;
                    /** @description Version of the schema of `data`. */
                    readonly version: number;
                    /**
                     * Format: date-time
                     * @description When the store knew it. ISO 8601, UTC, with milliseconds.
                     */
                    readonly recordedAt: string;
                    /** @description JSON, as it is stored. */
                    readonly data: string;
                    /** @description JSON, as it is stored: who caused it, and when it happened. */
                    readonly metadata: string;
                };
                /** @description Its journal entry; null when it is of no account. */
                readonly entry: {
                    /** @description Whose account it is. */
                    readonly tenantId: string;
                    /** @description Of the event. */
                    readonly revision: number;
                    /** @description Of the event. */
                    readonly eventId: string;
                    /** @description Of the event. */
                    readonly type: string;
                    /** @description The generation it is about, if it is about one. */
                    readonly generationId: string | null;
                    /**
                     * Format: date-time
                     * @description When it happened. ISO 8601, UTC, with milliseconds.
                     */
                    readonly happenedAt: string;
                    /**
                     * Format: date-time
                     * @description When the store knew it. ISO 8601, UTC, with milliseconds.
                     */
                    readonly knownAt: string;
                    /** @description Tokens sum to zero, and so does the money of each currency. */
                    readonly postings: readonly {
                        /** @description Account of the chart. */
                        readonly account: string;
                        /** @description Lot whose tokens move. */
                        readonly lotId: string;
                        /** @description A debit is positive, a credit negative. A whole number as a decimal string. */
                        readonly tokens: string;
                        /** @description Their worth at the price of the lot; null when nobody paid. */
                        readonly money: {
                            /** @description In minor units. A whole number as a decimal string. */
                            readonly minorUnits: string;
                            /** @description ISO 4217. */
                            readonly currency: string;
                        } | null;
                    }[];
                } | null;
                /** @description Leaf of the account’s entry before; zeros for the first entry. SHA-256 in hexadecimal. */
                readonly previous: string | null;
                /** @description Of this record. SHA-256 in hexadecimal. */
                readonly leaf: string;
                /** @description Null: under no seal yet. */
                readonly inclusion: {
                    /** @description Number of the seal. */
                    readonly seal: number;
                    /** @description Place among the events under it, from 0. */
                    readonly index: number;
                    /** @description The way to the root, the sibling of the leaf first. */
                    readonly path: readonly string[];
                } | null;
            }[];
            /** @description Where the account’s chain stands, while records are under no seal. */
            readonly chainHead: {
                /** @description Whose account it is. */
                readonly tenantId: string;
                /** @description Of its last entry. */
                readonly revision: number;
                /** @description Of its last entry. SHA-256 in hexadecimal. */
                readonly leaf: string;
            } | null;
            /** @description In the order they were introduced. */
            readonly keys: readonly {
                /** @description First 32 hexadecimal digits of the SHA-256 of the key. */
                readonly keyId: string;
                /** @description Ed25519, base64 of its 32 bytes. */
                readonly publicKey: string;
                /** @description What the key before says of it; null for the first one, and after a loss. */
                readonly endorsement: {
                    /** @description The key before. */
                    readonly previousKeyId: string;
                    /**
                     * Format: date-time
                     * @description From when on it signs. ISO 8601, UTC, with milliseconds.
                     */
                    readonly introducedAt: string;
                    /** @description Ed25519, base64. */
                    readonly signature: string;
                } | null;
            }[];
            /** @description Those the records are under. */
            readonly seals: readonly {
                /** @description Version of what is signed: 1. */
                readonly format: number;
                /** @description From 1, without a gap. */
                readonly number: number;
                /** @description Position of the last event under the seal before. A whole number as a decimal string. */
                readonly after: string;
                /** @description Position of the last event under this one. A whole number as a decimal string. */
                readonly upTo: string;
                /** @description Events under it. */
                readonly events: number;
                /** @description Merkle root (RFC 6962) over their leaves, in store order. SHA-256 in hexadecimal. */
                readonly root: string;
                /** @description Accounts known at its end. */
                readonly accounts: number;
                /** @description Merkle root over the heads of their chains. SHA-256 in hexadecimal. */
                readonly accountsRoot: string;
                /** @description Digest of the seal before. SHA-256 in hexadecimal. */
                readonly previous: string | null;
                /**
                 * Format: date-time
                 * @description Nothing the store knew before it is left out. ISO 8601, UTC, with milliseconds.
                 */
                readonly knownBefore: string;
                /**
                 * Format: date-time
                 * @description When it was made. ISO 8601, UTC, with milliseconds.
                 */
                readonly sealedAt: string;
                /** @description The key that signed it. */
                readonly keyId: string;
                /** @description Of what is signed. SHA-256 in hexadecimal. */
                readonly digest: string;
                /** @description Ed25519, base64. */
                readonly signature: string;
            }[];
        };
        /** @description What was deleted. */
        readonly Deletion: {
            /** @description Generations whose prompts and images are gone; the ledger keeps the amounts. */
            readonly deleted: number;
        };
        /** @description What an end user did. */
        readonly EndUser: {
            /**
             * Format: email
             * @description E-mail of the end user, lowercased.
             */
            readonly endUserEmail: string;
            /** @description Requests accepted. */
            readonly generations: number;
            /** @description Generations that succeeded. */
            readonly succeeded: number;
            /** @description Generations that failed. */
            readonly failed: number;
            /** @description Prompts that broke the content policy. */
            readonly refusedPrompts: number;
            /** @description Tokens charged for this end user. */
            readonly xTokensSpent: number;
            /**
             * Format: date-time
             * @description First request. ISO 8601, UTC.
             */
            readonly firstSeen: string;
            /**
             * Format: date-time
             * @description Latest request. ISO 8601, UTC.
             */
            readonly lastSeen: string;
            /**
             * @description Requests of a blocked end user are refused.
             * @enum {string}
             */
            readonly state: "active" | "blocked";
            /** @description Why the end user is blocked. Absent while active. */
            readonly blockedReason?: string;
        };
        /** @description End users, the one seen first is last. */
        readonly EndUserPage: {
            /** @description At most `limit`. */
            readonly endUsers: readonly components["schemas"]["EndUser"][];
            /** @description Send it as `cursor` for the next page; null on the last one. */
            readonly nextCursor: string | null;
        };
        /** @description The state from now on. */
        readonly EndUserState: {
            /**
             * Format: email
             * @description E-mail of the end user, lowercased.
             */
            readonly endUserEmail: string;
            /**
             * @description Requests of a blocked end user are refused.
             * @enum {string}
             */
            readonly state: "active" | "blocked";
            /** @description The reason on record. */
            readonly reason: string;
        };
        readonly EndUserStateChange: {
            /** @description Goes on record. */
            readonly reason?: string | null;
        };
        /** @description Every error has this form. */
        readonly Error: {
            /** @description What went wrong, for programs and for people. */
            readonly error: {
                /**
                 * @description Stable: decide by it, not by the message.
                 * @enum {string}
                 */
                readonly code: "validation_error" | "unauthorized" | "insufficient_balance" | "budget_exceeded" | "forbidden" | "not_found" | "conflict" | "payload_too_large" | "unsupported_media_type" | "content_policy" | "rate_limited" | "internal_error" | "provider_error" | "unavailable" | "provider_timeout" | "deadline_missed";
                /** @description Names the field and the rule; may be reworded at any time. */
                readonly message: string;
                /** @description Path of the offending field, for `validation_error`. */
                readonly field?: string;
                /** @description Tokens that can be spent, for `insufficient_balance`. */
                readonly balance?: number;
                /** @description Tokens that the request costs, for `insufficient_balance` and `budget_exceeded`. */
                readonly required?: number;
                /**
                 * @description Whose budget it is, for `budget_exceeded`.
                 * @enum {string}
                 */
                readonly budget?: "apiKey" | "endUser";
                /**
                 * @description Which of its limits, for `budget_exceeded`.
                 * @enum {string}
                 */
                readonly period?: "perDay" | "perMonth" | "total";
                /** @description Tokens that may be spent in the period, for `budget_exceeded`. */
                readonly limit?: number;
                /** @description Tokens that were, for `budget_exceeded`. */
                readonly spent?: number;
                /**
                 * Format: date-time
                 * @description When the period ends, for `budget_exceeded`; absent for `total`. ISO 8601, UTC.
                 */
                readonly resetsAt?: string;
                /** @description Category of the content policy, for `content_policy`. */
                readonly category?: string;
                /** @description Scope that the key lacks, for `forbidden`. */
                readonly scope?: string;
                /** @description Model that the key may not use, for `forbidden`. */
                readonly model?: string;
                /** @description Seconds to wait, for `rate_limited`. */
                readonly retryAfter?: number;
                /** @description What stands in the way, for `conflict` and `unavailable`. */
                readonly reason?: string;
                /** @description Whether the same request may succeed later. */
                readonly retryable: boolean;
                /** @description Whether tokens were taken: an HTTP error never costs any. */
                readonly charged: boolean;
                /** @description The `X-Request-Id` of this answer: quote it when you ask for help. */
                readonly requestId: string;
            };
        };
        /** @description The exact price of a request at this moment. */
        readonly Estimate: {
            /** @description Alias of the model. */
            readonly model: string;
            /** @description `2K`, `4K` or `WxH`; `auto` for a video. */
            readonly size: string;
            /** @description Images that would be billed; a video is one. */
            readonly images: number;
            /** @description Tokens for one image, or for the video. */
            readonly xTokensPerImage: number;
            /** @description Tokens that would be held. */
            readonly xTokens: number;
            /** @description Version of the price list. */
            readonly priceBookVersion: string;
        };
        /** @description What has happened, in an order that never changes. */
        readonly EventPage: {
            /** @description At most `limit`. */
            readonly events: readonly {
                /** @description Id of the event: the same however often it is read. */
                readonly id: string;
                /**
                 * @description What happened.
                 * @enum {string}
                 */
                readonly type: "generation.started" | "generation.completed" | "generation.failed" | "generation.cancelled" | "account.low_balance" | "endpoint.disabled";
                /**
                 * Format: date-time
                 * @description When it happened. ISO 8601, UTC.
                 */
                readonly occurredAt: string;
                /** @description What a webhook about it would say now, in the words of the dialect in which the generation was asked for. Null when its content was deleted. */
                readonly body: components["schemas"]["Generation"] | components["schemas"]["UncensoredJob"] | components["schemas"]["XaviraGeneration"] | components["schemas"]["LowBalance"] | Record<string, never> | null;
            }[];
            /** @description Send it as `after` for what comes next, also when there is nothing yet. */
            readonly nextCursor: string;
            /** @description Whether more was there already. */
            readonly more: boolean;
        };
        /** @description What goes by an id. */
        readonly FoundThings: {
            /** @description Empty when there is nothing, or nothing that you may see. */
            readonly found: readonly {
                /**
                 * @description What it is.
                 * @enum {string}
                 */
                readonly kind: "generation" | "image" | "reference" | "character" | "end_user" | "key" | "member" | "top_up" | "lot" | "webhook_endpoint" | "webhook_message";
                /** @description Its id. */
                readonly id: string;
                /** @description What people know it by; null where it has no name. */
                readonly name: string | null;
                /** @description Where the API tells of it. */
                readonly path: string;
            }[];
        };
        /** @description The record of a generation. A webhook delivers the same bytes. */
        readonly Generation: {
            /** @description Id of the generation. */
            readonly requestId: string;
            /** @description Alias of the model. */
            readonly model: string;
            /**
             * @description Terminal are `succeeded`, `failed`, `cancelled` and `expired`, which is a success of more than 23 hours ago: its URLs are dead.
             * @enum {string}
             */
            readonly status: "queued" | "processing" | "succeeded" | "failed" | "cancelled" | "expired";
            /** @description The prompt as it was sent. */
            readonly prompt: string;
            /** @description Number of reference images. */
            readonly referencesCount: number;
            /**
             * Format: email
             * @description The responsible end user, lowercased.
             */
            readonly endUserEmail: string;
            /**
             * Format: date-time
             * @description When the request was accepted. ISO 8601, UTC.
             */
            readonly createdAt: string;
            /**
             * Format: uri
             * @description Absolute URL of the record.
             */
            readonly pollUrl?: string;
            /**
             * Format: date-time
             * @description When the work ended. Only in a terminal record. ISO 8601, UTC.
             */
            readonly finishedAt?: string;
            /** @description Of work that failed and is done once more: the generation that failed. */
            readonly redriveOf?: string;
            /** @description By when the work must have begun and ended. Only where its request said so. */
            readonly deadlines?: {
                /**
                 * Format: date-time
                 * @description A worker must have begun. ISO 8601, UTC.
                 */
                readonly startBy?: string;
                /**
                 * Format: date-time
                 * @description The work must have ended. ISO 8601, UTC.
                 */
                readonly finishBy?: string;
            };
            /** @description The request with every default filled in. */
            readonly input: {
                /**
                 * Format: email
                 * @description The responsible end user, lowercased.
                 */
                readonly endUserEmail: string;
                /** @description The prompt as it was sent. */
                readonly prompt: string;
                /** @description Alias of the model. */
                readonly model: string;
                /** @description In the order of the request. */
                readonly references: readonly string[];
                /** @description `2K`, `4K` or `WxH`. */
                readonly size: string;
                /**
                 * @description Counts under a preset only.
                 * @enum {string}
                 */
                readonly aspectRatio: "auto" | "square" | "landscape" | "portrait";
                /** @description Number of images. */
                readonly n: number;
                /** @description The seed that was used, chosen at random when the request named none. */
                readonly seed: number;
                /** @description Whether a small mark stands in the corner. */
                readonly watermark: boolean;
                /** @description How closely to follow the prompt. */
                readonly guidanceScale: number;
                /**
                 * @description How images are given back.
                 * @enum {string}
                 */
                readonly responseFormat: "url" | "b64_json";
                /**
                 * @description Whether the images are a connected series.
                 * @enum {string}
                 */
                readonly sequential: "auto" | "disabled";
                /** @description Only with `sequential: "auto"`. */
                readonly sequentialOptions?: {
                    /** @description The most images to make. */
                    readonly maxImages: number;
                };
                /**
                 * Format: uri
                 * @description Where the final record is sent. Absent when there is no webhook.
                 */
                readonly webhookUrl?: string;
                /** @description As it was asked for: seconds from then, or a time. */
                readonly startBy?: string | number;
                /** @description As it was asked for: seconds from then, or a time. */
                readonly finishBy?: string | number;
            } | {
                /**
                 * Format: email
                 * @description The responsible end user, lowercased.
                 */
                readonly endUserEmail: string;
                /** @description The prompt as it was sent; may be empty. */
                readonly prompt: string;
                /** @description Alias of the model. */
                readonly model: string;
                /** @description Generation whose image is set in motion. */
                readonly sourceRequestId: string;
                /** @description Index of that image. */
                readonly sourceImage: number;
                /** @description Seconds. */
                readonly duration: number;
                /** @description The seed that was used. */
                readonly seed: number;
                /** @description Whether a small mark stands in the corner. */
                readonly watermark: boolean;
                /** @description How closely to follow the prompt. */
                readonly guidanceScale: number;
                /**
                 * Format: uri
                 * @description Where the final record is sent. Absent when there is no webhook.
                 */
                readonly webhookUrl?: string;
                /** @description As it was asked for: seconds from then, or a time. */
                readonly startBy?: string | number;
                /** @description As it was asked for: seconds from then, or a time. */
                readonly finishBy?: string | number;
            };
            /** @description In the order of their index. Only when `succeeded`. */
            readonly images?: readonly ({
                /** @description Id of the image. */
                readonly id: string;
                /**
                 * Format: date-time
                 * @description When the URL dies: 23 hours after the work ended. ISO 8601, UTC.
                 */
                readonly expiresAt: string;
                /**
                 * Format: uri
                 * @description Signed; needs no key.
                 */
                readonly url: string;
                /** @description SHA-256 in hex of the file as it is handed out, marks included. */
                readonly sha256: string;
                /**
                 * Format: uri
                 * @description A WebP of at most 512 pixels a side, signed. Absent where there is none.
                 */
                readonly thumbnailUrl?: string;
            } | {
                /** @description Id of the image. */
                readonly id: string;
                /**
                 * Format: date-time
                 * @description When the URL dies: 23 hours after the work ended. ISO 8601, UTC.
                 */
                readonly expiresAt: string;
                /** @description Base64 of the image file. */
                readonly b64_json: string;
                /** @description SHA-256 in hex of the file as it is handed out, marks included. */
                readonly sha256: string;
                /**
                 * Format: uri
                 * @description A WebP of at most 512 pixels a side, signed. Absent where there is none.
                 */
                readonly thumbnailUrl?: string;
            } | {
                /** @description Id of the image. */
                readonly id: string;
                /** @description Why there is no image. */
                readonly error: {
                    /**
                     * @description Always `storage_failed`.
                     * @enum {string}
                     */
                    readonly code: "storage_failed";
                };
            })[];
            /** @description One clip, in place of `images` when a video was asked for. */
            readonly videos?: readonly {
                /** @description Id of the clip. */
                readonly id: string;
                /**
                 * Format: date-time
                 * @description When the URL dies: 23 hours after the work ended. ISO 8601, UTC.
                 */
                readonly expiresAt: string;
                /**
                 * Format: uri
                 * @description Signed; needs no key. Takes ranges.
                 */
                readonly url: string;
                /** @description SHA-256 in hex of the file as it is handed out, marks included. */
                readonly sha256: string;
                /**
                 * Format: uri
                 * @description A WebP of at most 512 pixels a side, signed. Absent where there is none.
                 */
                readonly thumbnailUrl?: string;
                /**
                 * @description WebP is animated.
                 * @enum {string}
                 */
                readonly mediaType: "video/mp4" | "image/webp";
                /** @description Pixels. */
                readonly width: number;
                /** @description Pixels. */
                readonly height: number;
                /** @description Seconds. */
                readonly durationSeconds: number;
            }[];
            /** @description Why the work failed. */
            readonly error?: {
                /**
                 * @description The same codes as in an HTTP error.
                 * @enum {string}
                 */
                readonly code: "validation_error" | "unauthorized" | "insufficient_balance" | "budget_exceeded" | "forbidden" | "not_found" | "conflict" | "payload_too_large" | "unsupported_media_type" | "content_policy" | "rate_limited" | "internal_error" | "provider_error" | "unavailable" | "provider_timeout" | "deadline_missed";
                /** @description For people. */
                readonly message: string;
                /** @description Whether the same request may succeed later. */
                readonly retryable: boolean;
                /** @description Seconds after which a retry makes sense, when that is known. */
                readonly retryAfter?: number;
            };
            /** @description What was held for the request, and what of it came back. */
            readonly cost: {
                /** @description Tokens held when the request was accepted. */
                readonly xTokens: number;
                /** @description Tokens given back: all of them when the work failed or was cancelled. */
                readonly refunded: number;
                /** @description Which lots paid what was charged. Only when something was. */
                readonly lots?: readonly {
                    /** @description Id of the lot. */
                    readonly lotId: string;
                    /** @description Tokens. */
                    readonly tokens: number;
                }[];
            };
            /** @description Where it stands in fair order, if nobody else comes. Only of a queued record that is polled, and not while the queue is asked too often. */
            readonly queue?: {
                /** @description From 1. */
                readonly position: number;
                /** @description Part of the workers that its tenant has while all wait who wait now. */
                readonly share: number;
                /**
                 * Format: date-time
                 * @description Null while something other than the line holds it, such as no worker for its model. ISO 8601, UTC.
                 */
                readonly estimatedStart: string | null;
                /**
                 * Format: date-time
                 * @description Null while something other than the line holds it, such as no worker for its model. ISO 8601, UTC.
                 */
                readonly estimatedFinish: string | null;
                /** @description How far off the finish is likely to be, either way. */
                readonly errorSeconds: number | null;
            };
            /** @description What keeps it from beginning. Beside `queue`. */
            readonly waiting?: {
                /**
                 * @description For programs.
                 * @enum {string}
                 */
                readonly reason: "model_gone" | "breaker_open" | "no_worker" | "outcome_unknown" | "retrying" | "share_used_up" | "behind_others" | "model_loading" | "workers_busy" | "about_to_start" | "model_switched_off" | "deadline_soon" | "not_queued";
                /** @description In plain words. */
                readonly message: string;
            };
        };
        /** @description What a generation cost, and what was done for it. */
        readonly GenerationCost: {
            /** @description Id of the generation. */
            readonly id: string;
            /**
             * @description Where it stands.
             * @enum {string}
             */
            readonly status: "queued" | "processing" | "succeeded" | "failed" | "cancelled";
            /** @description The price as it was when it was asked for. */
            readonly price: {
                /** @description Version of the price book. */
                readonly priceBookVersion: string;
                /** @description Alias of the model. */
                readonly model: string;
                /** @description What the price was looked up by. */
                readonly sizeClass: string;
                /** @description Images, or clips. */
                readonly images: number;
                /** @description Of one of them. A whole number of tokens as a decimal string. */
                readonly perImage: string;
                /** @description Of all; what was held. A whole number of tokens as a decimal string. */
                readonly total: string;
            };
            /** @description Held at first. A whole number of tokens as a decimal string. */
            readonly held: string;
            /** @description Charged for good. A whole number of tokens as a decimal string. */
            readonly charged: string;
            /** @description Given back when the work ended. A whole number of tokens as a decimal string. */
            readonly returned: string;
            /** @description Given back later, out of what had been charged. A whole number of tokens as a decimal string. */
            readonly refunded: string;
            /** @description In the order in which they were drawn from; the journal’s, a moment late. */
            readonly lots: readonly {
                /** @description Id of the lot. */
                readonly lotId: string;
                /**
                 * @description Kind of the lot.
                 * @enum {string}
                 */
                readonly kind: "purchased" | "promotional";
                /** @description Held at first. A whole number of tokens as a decimal string. */
                readonly held: string;
                /** @description Charged for good. A whole number of tokens as a decimal string. */
                readonly charged: string;
                /** @description Given back when the work ended. A whole number of tokens as a decimal string. */
                readonly returned: string;
                /** @description Given back later, out of what had been charged. A whole number of tokens as a decimal string. */
                readonly refunded: string;
                /** @description What tokens are worth at the price of their lot. */
                readonly money: {
                    /** @description ISO 4217. */
                    readonly currency: string;
                    /** @description A whole number of minor units as a decimal string. */
                    readonly minorUnits: string;
                } | null;
            }[];
            /** @description In their order. */
            readonly attempts: readonly {
                /** @description Number of the attempt, from 1. */
                readonly attempt: number;
                /**
                 * Format: date-time
                 * @description When a worker took it. ISO 8601, UTC.
                 */
                readonly startedAt: string;
                /**
                 * Format: date-time
                 * @description When it ended; null while it runs. ISO 8601, UTC.
                 */
                readonly endedAt: string | null;
                /**
                 * @description What became of it.
                 * @enum {string}
                 */
                readonly outcome: "running" | "succeeded" | "failed" | "stopped";
                /** @description Milliseconds that a GPU was busy; null when nobody measured. */
                readonly gpuMs: number | null;
                /** @description The part of them that loading the model took. */
                readonly loadMs: number | null;
            }[];
            /** @description Milliseconds of all attempts together, as far as they were measured. */
            readonly gpuMs: number;
        };
        readonly GenerationOverrides: {
            /**
             * Format: email
             * @description The end user who is responsible for the request. Lowercased.
             */
            readonly endUserEmail?: string | null;
            /** @description Up to about 2,000 tokens. Call reference images image_1, image_2 and so on. Required, but for a video. */
            readonly prompt?: string | null;
            /** @description Alias of a model; the operator’s default when absent. */
            readonly model?: string | null;
            /** @description HTTPS URLs of 1 to 10 images of at most 10 MB each, or ids of uploads; one may stand alone. */
            readonly references?: string | readonly string[] | null;
            /**
             * @description `2K`, `4K`, or `WxH` with 3,600,000 to 16,777,216 pixels in all and sides of at most 16 to 1.
             * @default 2K
             */
            readonly size?: string | null;
            /**
             * @description Under a preset only: 2K is 2048x2048, 2560x1440 or 1440x2560, 4K is 4096x4096, 5504x3040 or 3040x5504. `auto` takes the shape of the first reference, else square. Ignored with `WxH`.
             * @default auto
             * @enum {unknown}
             */
            readonly aspectRatio?: "auto" | "square" | "landscape" | "portrait" | null;
            /**
             * @description Images; each of them is billed. References and images are at most 15 together.
             * @default 1
             */
            readonly n?: number | null;
            /** @description The same seed, prompt, model and parameters give the same output. Chosen at random when absent; the record says which. */
            readonly seed?: number | null;
            /**
             * @description A small mark in the corner.
             * @default false
             */
            readonly watermark?: boolean | null;
            /**
             * @description How closely to follow the prompt.
             * @default 7.5
             */
            readonly guidanceScale?: number | null;
            /**
             * @description `b64_json` puts the images into the record instead of URLs.
             * @default url
             * @enum {unknown}
             */
            readonly responseFormat?: "url" | "b64_json" | null;
            /**
             * @description `auto` makes a connected series; never together with `n` above 1.
             * @default disabled
             * @enum {unknown}
             */
            readonly sequential?: "auto" | "disabled" | null;
            /** @description Only with `sequential: "auto"`. */
            readonly sequentialOptions?: {
                /**
                 * @description The most images to make; each one made is billed.
                 * @default 4
                 */
                readonly maxImages?: number | null;
            } | null;
            /** @description Asks for a video: a clip that sets an image of this earlier generation in motion. It must have succeeded and neither be deleted nor have expired. Only `prompt` may be missing then. */
            readonly sourceRequestId?: string | null;
            /** @description Of a video: index of the image; the first one when absent. */
            readonly sourceImage?: number | null;
            /** @description Of a video: whole seconds, within the bounds of its model; its default when absent. */
            readonly duration?: number | null;
            /** @description When a worker must have begun: seconds from now, or a time with its offset. Missed, the work fails with `deadline_missed` and costs nothing. */
            readonly startBy?: string | number | null;
            /** @description When the work must have ended, as `startBy`. Work under way is stopped; it costs nothing either. */
            readonly finishBy?: string | number | null;
            /** @description Public HTTPS URL that gets the final record. Private, loopback and link-local addresses are refused. */
            readonly webhookUrl?: string | null;
        } | null;
        /** @description Records, newest first. */
        readonly GenerationPage: {
            /** @description At most `limit`. */
            readonly generations: readonly components["schemas"]["Generation"][];
            /** @description Send it as `cursor` for the next page; null on the last one. */
            readonly nextCursor: string | null;
        };
        /** @description The request is accepted and its price is held. */
        readonly GenerationReceipt: {
            /** @description Id of the generation. */
            readonly requestId: string;
            /** @description Alias of the model. */
            readonly model: string;
            /**
             * @description Always `queued`.
             * @enum {string}
             */
            readonly status: "queued";
            /** @description The prompt as it was sent. */
            readonly prompt: string;
            /** @description Number of reference images. */
            readonly referencesCount: number;
            /**
             * Format: email
             * @description The responsible end user, lowercased.
             */
            readonly endUserEmail: string;
            /**
             * Format: date-time
             * @description When the request was accepted. ISO 8601, UTC.
             */
            readonly createdAt: string;
            /**
             * Format: uri
             * @description Absolute URL of the record.
             */
            readonly pollUrl: string;
        };
        readonly GenerationRequest: {
            /**
             * Format: email
             * @description The end user who is responsible for the request. Lowercased.
             */
            readonly endUserEmail: string;
            /** @description Up to about 2,000 tokens. Call reference images image_1, image_2 and so on. Required, but for a video. */
            readonly prompt?: string | null;
            /** @description Alias of a model; the operator’s default when absent. */
            readonly model?: string | null;
            /** @description HTTPS URLs of 1 to 10 images of at most 10 MB each, or ids of uploads; one may stand alone. */
            readonly references?: string | readonly string[] | null;
            /**
             * @description `2K`, `4K`, or `WxH` with 3,600,000 to 16,777,216 pixels in all and sides of at most 16 to 1.
             * @default 2K
             */
            readonly size?: string | null;
            /**
             * @description Under a preset only: 2K is 2048x2048, 2560x1440 or 1440x2560, 4K is 4096x4096, 5504x3040 or 3040x5504. `auto` takes the shape of the first reference, else square. Ignored with `WxH`.
             * @default auto
             * @enum {unknown}
             */
            readonly aspectRatio?: "auto" | "square" | "landscape" | "portrait" | null;
            /**
             * @description Images; each of them is billed. References and images are at most 15 together.
             * @default 1
             */
            readonly n?: number | null;
            /** @description The same seed, prompt, model and parameters give the same output. Chosen at random when absent; the record says which. */
            readonly seed?: number | null;
            /**
             * @description A small mark in the corner.
             * @default false
             */
            readonly watermark?: boolean | null;
            /**
             * @description How closely to follow the prompt.
             * @default 7.5
             */
            readonly guidanceScale?: number | null;
            /**
             * @description `b64_json` puts the images into the record instead of URLs.
             * @default url
             * @enum {unknown}
             */
            readonly responseFormat?: "url" | "b64_json" | null;
            /**
             * @description `auto` makes a connected series; never together with `n` above 1.
             * @default disabled
             * @enum {unknown}
             */
            readonly sequential?: "auto" | "disabled" | null;
            /** @description Only with `sequential: "auto"`. */
            readonly sequentialOptions?: {
                /**
                 * @description The most images to make; each one made is billed.
                 * @default 4
                 */
                readonly maxImages?: number | null;
            } | null;
            /** @description Asks for a video: a clip that sets an image of this earlier generation in motion. It must have succeeded and neither be deleted nor have expired. Only `prompt` may be missing then. */
            readonly sourceRequestId?: string | null;
            /** @description Of a video: index of the image; the first one when absent. */
            readonly sourceImage?: number | null;
            /** @description Of a video: whole seconds, within the bounds of its model; its default when absent. */
            readonly duration?: number | null;
            /** @description When a worker must have begun: seconds from now, or a time with its offset. Missed, the work fails with `deadline_missed` and costs nothing. */
            readonly startBy?: string | number | null;
            /** @description When the work must have ended, as `startBy`. Work under way is stopped; it costs nothing either. */
            readonly finishBy?: string | number | null;
            /** @description Public HTTPS URL that gets the final record. Private, loopback and link-local addresses are refused. */
            readonly webhookUrl?: string | null;
        };
        /** @description What happened to a generation, in all services. */
        readonly GenerationTimeline: {
            /** @description Id of the generation. */
            readonly id: string;
            /** @description In the order in which it was recorded. */
            readonly events: readonly {
                /** @description Id of the event: the same however often it is read. */
                readonly id: string;
                /**
                 * Format: date-time
                 * @description When it happened. ISO 8601, UTC.
                 */
                readonly at: string;
                /**
                 * @description What happened.
                 * @enum {string}
                 */
                readonly kind: "requested" | "started" | "image_stored" | "image_lost" | "succeeded" | "failed" | "cancelled" | "queued" | "attempt_started" | "attempt_failed" | "attempt_succeeded" | "image_withheld" | "given_up" | "done_again" | "deadline_missed" | "work_stopped" | "held" | "settled" | "released" | "refunded" | "webhook_created" | "webhook_attempted" | "webhook_asked_again" | "webhook_withdrawn" | "webhook_expired";
                /** @description The dialect it was asked for in. */
                readonly dialect?: string;
                /** @description Alias of the model. */
                readonly model?: string;
                /** @description Images asked for, or made. */
                readonly images?: number;
                /** @description What it was asked for at. Whole tokens. */
                readonly price?: number;
                /** @description Held. Whole tokens. */
                readonly held?: number;
                /** @description Charged for good. Whole tokens. */
                readonly charged?: number;
                /** @description Given back. Whole tokens. */
                readonly returned?: number;
                /** @description Lots that gave or got the tokens. */
                readonly lots?: readonly {
                    /** @description Id of the lot. */
                    readonly lotId: string;
                    /** @description Of the lot. Whole tokens. */
                    readonly tokens: number;
                }[];
                /** @description Number of the attempt, from 1. */
                readonly attempt?: number;
                /** @description Attempts made altogether. */
                readonly attempts?: number;
                /** @description Milliseconds that a GPU was busy; null when nobody measured. */
                readonly gpuMs?: number | null;
                /**
                 * Format: date-time
                 * @description When it is tried again; null when it is not. ISO 8601, UTC.
                 */
                readonly retryAt?: string | null;
                /** @description What went wrong. */
                readonly error?: {
                    /**
                     * @description Stable code.
                     * @enum {string}
                     */
                    readonly code: "validation_error" | "unauthorized" | "insufficient_balance" | "budget_exceeded" | "forbidden" | "not_found" | "conflict" | "payload_too_large" | "unsupported_media_type" | "content_policy" | "rate_limited" | "internal_error" | "provider_error" | "unavailable" | "provider_timeout" | "deadline_missed";
                    /** @description For people. */
                    readonly message: string;
                    /** @description Whether asking again can help. */
                    readonly retryable: boolean;
                };
                /** @description Index of the image. */
                readonly image?: number;
                /** @description Media type of the file. */
                readonly mediaType?: string;
                /** @description Pixels. */
                readonly width?: number;
                /** @description Pixels. */
                readonly height?: number;
                /** @description The generation that does the work once more. */
                readonly generationId?: string;
                /**
                 * @description The deadline that passed.
                 * @enum {string}
                 */
                readonly deadline?: "startBy" | "finishBy";
                /**
                 * Format: date-time
                 * @description When it passed. ISO 8601, UTC.
                 */
                readonly deadlineAt?: string;
                /** @description The webhook message. */
                readonly messageId?: string;
                /** @description The endpoint; null for a URL that came with the request. */
                readonly endpointId?: string | null;
                /** @description What the message tells. */
                readonly event?: string | null;
                /**
                 * @description What became of the delivery.
                 * @enum {string}
                 */
                readonly outcome?: "delivered" | "retry" | "exhausted" | "refused";
                /** @description HTTP status; null when there was no answer. */
                readonly status?: number | null;
                /** @description Why there was no answer, or not a good one. */
                readonly webhookError?: string | null;
                /** @description Milliseconds until the answer. */
                readonly elapsedMs?: number;
            }[];
            /** @description Whether more has happened than is shown. */
            readonly cut: boolean;
        };
        /** @description Whoever has the link may join. */
        readonly Invitation: {
            /** @description Id of the invitation. */
            readonly id: string;
            /** @description Whom it is for; null when its link is gone. */
            readonly email: string | null;
            /**
             * @description Role in the tenant.
             * @enum {string}
             */
            readonly role: "owner" | "developer" | "finance" | "viewer";
            /**
             * Format: date-time
             * @description When it ends. ISO 8601, UTC.
             */
            readonly expiresAt: string;
            /**
             * Format: uri
             * @description To be handed over: nobody sends it. Shown this once.
             */
            readonly link: string;
        };
        /** @description Open invitations, the first to end first. */
        readonly InvitationList: {
            /** @description All of them. */
            readonly invitations: readonly {
                /** @description Id of the invitation. */
                readonly id: string;
                /** @description Whom it is for; null when its link is gone. */
                readonly email: string | null;
                /**
                 * @description Role in the tenant.
                 * @enum {string}
                 */
                readonly role: "owner" | "developer" | "finance" | "viewer";
                /**
                 * Format: date-time
                 * @description When it ends. ISO 8601, UTC.
                 */
                readonly expiresAt: string;
            }[];
        };
        readonly InvitationWithdrawal: {
            /** @description Goes on record. */
            readonly reason?: string | null;
        };
        /** @description A new key. */
        readonly IssuedKey: {
            /** @description The key itself. Shown this once. */
            readonly key: string;
            /** @description Id of the key; not secret. */
            readonly id: string;
            /** @description The first characters of the key, to tell keys apart; not secret. */
            readonly prefix: string;
        };
        /** @description One fact of the account with its double entry. */
        readonly LedgerEntry: {
            /** @description Position in the event store. */
            readonly position: string;
            /** @description Number of the fact within the account, without a gap. */
            readonly revision: number;
            /**
             * @description What happened.
             * @enum {string}
             */
            readonly type: "AccountOpened" | "TokensPurchased" | "TokensGranted" | "TokensHeld" | "HoldSettled" | "HoldReleased" | "TokensRefunded" | "LotExpired" | "ChargedBack" | "PurchaseRefunded" | "AccountFrozen" | "AccountUnfrozen" | "BudgetSet" | "BudgetShared" | "BudgetCleared";
            /** @description The generation it is about, if it is about one. */
            readonly generationId: string | null;
            /**
             * Format: date-time
             * @description When it happened. ISO 8601, UTC.
             */
            readonly happenedAt: string;
            /**
             * Format: date-time
             * @description When it became known. ISO 8601, UTC.
             */
            readonly knownAt: string;
            /** @description Change of what can be spent: a hold is negative. A whole number of tokens as a decimal string. */
            readonly changeOfAvailable: string;
            /** @description Change of what is held. A whole number of tokens as a decimal string. */
            readonly changeOfHeld: string;
            /** @description What could be spent after it. A whole number of tokens as a decimal string. */
            readonly available: string;
            /** @description What was held after it. A whole number of tokens as a decimal string. */
            readonly held: string;
            /** @description What each lot gave (negative) or got (positive). */
            readonly lots: readonly {
                /** @description Id of the lot. */
                readonly lotId: string;
                /**
                 * @description Kind of the lot.
                 * @enum {string}
                 */
                readonly kind: "purchased" | "promotional";
                /** @description Tokens of the lot. A whole number of tokens as a decimal string. */
                readonly tokens: string;
                /** @description What tokens are worth at the price of their lot. */
                readonly money: {
                    /** @description ISO 4217. */
                    readonly currency: string;
                    /** @description A whole number of minor units as a decimal string. */
                    readonly minorUnits: string;
                } | null;
            }[];
            /** @description What each lot paid for good (positive) or got back after (negative). */
            readonly charged: readonly {
                /** @description Id of the lot. */
                readonly lotId: string;
                /**
                 * @description Kind of the lot.
                 * @enum {string}
                 */
                readonly kind: "purchased" | "promotional";
                /** @description Tokens of the lot. A whole number of tokens as a decimal string. */
                readonly tokens: string;
                /** @description What tokens are worth at the price of their lot. */
                readonly money: {
                    /** @description ISO 4217. */
                    readonly currency: string;
                    /** @description A whole number of minor units as a decimal string. */
                    readonly minorUnits: string;
                } | null;
            }[];
            /** @description They sum to zero; empty for a fact that moves no token. */
            readonly postings: readonly {
                /** @description Account of the ledger. */
                readonly account: string;
                /** @description Lot whose tokens move. */
                readonly lotId: string;
                /** @description A debit is positive, a credit negative. A whole number of tokens as a decimal string. */
                readonly tokens: string;
                /** @description What tokens are worth at the price of their lot. */
                readonly money: {
                    /** @description ISO 4217. */
                    readonly currency: string;
                    /** @description A whole number of minor units as a decimal string. */
                    readonly minorUnits: string;
                } | null;
            }[];
        };
        /** @description Lots of a tenant. */
        readonly Lots: {
            /** @description In the order they came in. */
            readonly lots: readonly {
                /** @description Id of the lot. */
                readonly lotId: string;
                /**
                 * @description Purchased tokens never expire.
                 * @enum {string}
                 */
                readonly kind: "purchased" | "promotional";
                /** @description What it came in with: the sum of all that follow, refunded subtracted. A whole number of tokens as a decimal string. */
                readonly tokens: string;
                /** @description Can be spent. A whole number of tokens as a decimal string. */
                readonly available: string;
                /** @description Held for open generations. A whole number of tokens as a decimal string. */
                readonly held: string;
                /** @description Ever captured. A whole number of tokens as a decimal string. */
                readonly captured: string;
                /** @description Given back after they were captured. A whole number of tokens as a decimal string. */
                readonly refunded: string;
                /** @description Expired. A whole number of tokens as a decimal string. */
                readonly expired: string;
                /** @description Taken back by the payer’s bank. A whole number of tokens as a decimal string. */
                readonly chargedBack: string;
                /** @description Given up for money that went back to the payer. A whole number of tokens as a decimal string. */
                readonly repaid: string;
                /** @description Minor units of the currency, a whole number as a decimal string. */
                readonly paidMinorUnits: string | null;
                /** @description Minor units of the currency, a whole number as a decimal string. */
                readonly recognisedMinorUnits: string | null;
                /** @description ISO 4217. */
                readonly currency: string | null;
                /** @description Name of the discount. */
                readonly discountTier: string | null;
                /** @description Minor units of the currency, a whole number as a decimal string. */
                readonly listMinorUnits: string | null;
                /**
                 * Format: date-time
                 * @description When what is left of it expires. ISO 8601, UTC.
                 */
                readonly expiresAt: string | null;
                /** @description Payment id of a purchase, reason of a grant. */
                readonly source: string;
                /** @description Who took the payment. */
                readonly provider: string | null;
                /**
                 * Format: date-time
                 * @description When it came in. ISO 8601, UTC.
                 */
                readonly receivedAt: string;
            }[];
        };
        /** @description The balance fell below the threshold of the alert. */
        readonly LowBalance: {
            /**
             * @description What happened.
             * @enum {string}
             */
            readonly type: "account.low_balance";
            /**
             * Format: date-time
             * @description When it was noticed. ISO 8601, UTC.
             */
            readonly timestamp: string;
            /** @description The balance at that time. */
            readonly data: {
                /** @description Tokens that could be spent. */
                readonly available: number;
                /** @description The threshold of the alert. */
                readonly threshold: number;
            };
        };
        /** @description Members of a tenant, by e-mail. */
        readonly MemberList: {
            /** @description All of them. */
            readonly members: readonly {
                /** @description Id of the user. */
                readonly userId: string;
                /** @description E-mail; null when it is not known any more. */
                readonly email: string | null;
                /**
                 * @description Role in the tenant.
                 * @enum {string}
                 */
                readonly role: "owner" | "developer" | "finance" | "viewer";
            }[];
        };
        readonly MemberRemoval: {
            /** @description Goes on record. */
            readonly reason?: string | null;
        };
        readonly MemberRole: {
            /**
             * @description From now on.
             * @enum {unknown}
             */
            readonly role: "owner" | "developer" | "finance" | "viewer";
        };
        readonly NewBalanceAlert: {
            /** @description Tokens. */
            readonly threshold: number;
            /** @description Where to tell. https. */
            readonly webhookUrl: string;
        };
        readonly NewBudget: {
            /** @description Tokens a day; no cap when absent or null. */
            readonly perDay?: number | null;
            /** @description Tokens a month; no cap when absent or null. */
            readonly perMonth?: number | null;
            /** @description Tokens altogether; no cap when absent or null. */
            readonly total?: number | null;
        };
        readonly NewInvitation: {
            /** @description Whom it is for. Nothing is sent there. */
            readonly email: string;
            /**
             * @description What the person becomes.
             * @enum {unknown}
             */
            readonly role: "owner" | "developer" | "finance" | "viewer";
        };
        readonly NewOwnApiKey: {
            /** @description For people. */
            readonly name: string;
            /**
             * @description Begins the key: `imp_live_` or `imp_test_`.
             * @default live
             * @enum {unknown}
             */
            readonly mode?: "live" | "test" | null;
            /** @description What the key may do; all that you have but `members:write` when absent. */
            readonly scopes?: readonly ("generations:write" | "generations:read" | "balance:read" | "ledger:read" | "top_ups:write" | "end_users:read" | "end_users:write" | "events:read" | "webhooks:read" | "webhooks:write" | "keys:read" | "keys:write" | "members:read" | "members:write")[] | null;
            /** @description Aliases of the models that it may use; those that you may use when absent. */
            readonly models?: readonly string[] | null;
            /**
             * Format: date-time
             * @description When the key expires; when yours does, which is the latest, when absent.
             */
            readonly expiresAt?: string | null;
            /**
             * @description On the base tier, in each bucket: images, video (which has a lower limit of its own) and polling.
             * @default 500
             */
            readonly requestsPerMinute?: number | null;
        };
        readonly NewReferenceConsent: {
            /** @description Name of the person whom the image shows. */
            readonly person: string;
            /** @description What the person has agreed to. */
            readonly statement: string;
            /**
             * Format: date-time
             * @description When the person agreed; not in the future.
             */
            readonly grantedAt: string;
            /**
             * Format: date-time
             * @description Until when it holds; until it is withdrawn when absent.
             */
            readonly expiresAt?: string | null;
            /** @description Where the signed document is, in words of your own. */
            readonly document?: string | null;
        };
        readonly NewTopUp: {
            /** @description One of the price list. */
            readonly package: string;
            /** @description Who takes the payment. */
            readonly provider: string;
            /** @description The package’s first one when absent. */
            readonly currency?: string | null;
            /** @description Where the payer goes afterwards. https. */
            readonly returnUrl?: string | null;
        };
        readonly NewWebhookEndpoint: {
            /** @description Public HTTPS URL. Private, loopback and link-local addresses are refused. */
            readonly url: string;
            /**
             * @description How deliveries are signed; it stays.
             * @default standard
             * @enum {unknown}
             */
            readonly scheme?: "xmode" | "xavira" | "standard" | "standard-ed25519" | null;
            /** @description What it is told of; everything when absent. */
            readonly events?: readonly ("generation.started" | "generation.completed" | "generation.failed" | "generation.cancelled" | "account.low_balance" | "endpoint.disabled")[] | null;
            /** @description Up to 8 headers named `x-…` that go along. Names of the connection, of forwarding and of signatures are refused. */
            readonly headers?: Record<string, never> | null;
            /**
             * @description `generation`: later messages about a generation wait until the earlier ones are settled. `endpoint`: all wait for the one before.
             * @default none
             * @enum {unknown}
             */
            readonly ordering?: "none" | "generation" | "endpoint" | null;
            /** @description Deliveries begun in a second over all processes; 0 for no limit. */
            readonly perSecond?: number | null;
            /**
             * @description Deliveries under way at a time in one process.
             * @default 32
             */
            readonly concurrency?: number | null;
            /** @description Seconds before the second, third … attempt, a week in all; empty for the usual schedule. */
            readonly retryDelays?: readonly number[] | null;
        };
        /** @description For what was paid and credited. */
        readonly Receipt: {
            /** @description One for each top-up. */
            readonly number: string;
            /** @description Id of the top-up. */
            readonly topUpId: string;
            /**
             * Format: date-time
             * @description When the tokens were credited. ISO 8601, UTC.
             */
            readonly issuedAt: string;
            /** @description Who sold. */
            readonly seller: readonly string[];
            /** @description Who bought. */
            readonly buyer: {
                /** @description Id of the tenant. */
                readonly tenantId: string;
                /** @description Its name. */
                readonly name: string;
            };
            /** @description Tokens credited. */
            readonly tokens: string;
            /** @description The package ordered; null for an amount that an operator set. */
            readonly package: string | null;
            /** @description ISO 4217. */
            readonly currency: string;
            /** @description Without the discount. A decimal text in `currency`. */
            readonly listPrice: string;
            /** @description Taken off the list price. A decimal text in `currency`. */
            readonly discount: string;
            /** @description Volume discount that the price has. */
            readonly discountTier: string | null;
            /** @description What was paid for the tokens. A decimal text in `currency`. */
            readonly paid: string;
            /** @description The payment. */
            readonly payment: {
                /** @description Who took it. */
                readonly provider: string;
                /** @description As the provider calls it. */
                readonly id: string;
            };
            /** @description What went back to the payer since. A decimal text in `currency`. */
            readonly refunded: string;
        };
        /** @description An uploaded reference image and its consent. */
        readonly Reference: {
            /** @description To be sent where the URL of a reference is taken. */
            readonly id: string;
            /**
             * @description What its bytes are.
             * @enum {string|null}
             */
            readonly mediaType: "image/png" | "image/jpeg" | "image/webp" | null;
            /** @description Size of the file. */
            readonly bytes: number | null;
            /** @description The latest consent of the person whom it shows; null when none was ever recorded. */
            readonly consent: {
                /** @description Id of the consent. */
                readonly id: string;
                /**
                 * @description What it is worth now. Requests are refused unless it is in force.
                 * @enum {string}
                 */
                readonly state: "in_force" | "expired" | "withdrawn";
                /**
                 * @description What it rests on.
                 * @enum {string}
                 */
                readonly basis: "statement" | "signed_document";
                /**
                 * Format: date-time
                 * @description When the person agreed. ISO 8601, UTC.
                 */
                readonly grantedAt: string;
                /**
                 * Format: date-time
                 * @description Until when it holds; null until it is withdrawn. ISO 8601, UTC.
                 */
                readonly expiresAt: string | null;
                /** @description Name of the person; null once it is erased. */
                readonly person: string | null;
                /** @description What the person has agreed to; null once it is erased. */
                readonly statement: string | null;
                /** @description Where the signed document is; null once it is erased, or without one. */
                readonly document: string | null;
            } | null;
        };
        /** @description The same, with what receivers check signatures with. */
        readonly RegisteredWebhookEndpoint: {
            /** @description Id of the endpoint. */
            readonly id: string;
            /**
             * @description How deliveries to it are signed.
             * @enum {string}
             */
            readonly scheme: "xmode" | "xavira" | "standard" | "standard-ed25519";
            /**
             * Format: uri
             * @description Where it is told.
             */
            readonly url: string;
            /** @description All that it is told of. */
            readonly events: readonly ("generation.started" | "generation.completed" | "generation.failed" | "generation.cancelled" | "account.low_balance" | "endpoint.disabled")[];
            /** @description Headers that go along with each delivery, by their names in lower case. */
            readonly headers: {
                readonly [key: string]: string;
            };
            /**
             * @description What a message waits for.
             * @enum {string}
             */
            readonly ordering: "none" | "generation" | "endpoint";
            /** @description Deliveries begun in a second; null for as many as come. */
            readonly perSecond: number | null;
            /** @description Deliveries under way at a time, over all processes that deliver. */
            readonly concurrency: number;
            /** @description Waits before the second, third … attempt. */
            readonly retryDelays: readonly number[] | null;
            /** @description Newest first; empty where a secret is shared. */
            readonly publicKeys: readonly {
                /** @description `whpk_` and the base64 of the 32 bytes of an Ed25519 public key. */
                readonly key: string;
                /**
                 * Format: date-time
                 * @description Until then it signs along; null for the current one. ISO 8601, UTC.
                 */
                readonly validUntil: string | null;
            }[];
            /**
             * Format: uri
             * @description Where anybody finds them; null where a secret is shared.
             */
            readonly publicKeysUrl: string | null;
            /**
             * Format: date-time
             * @description Until then the key before the current one signs along; null when none does. ISO 8601, UTC.
             */
            readonly previousKeyValidUntil: string | null;
            /** @description Why nothing is sent to it; null while it is enabled. */
            readonly disabled: {
                /**
                 * @description `asked`: by the tenant. `gone`: it answered 410. `failing`: it took nothing for 5 days.
                 * @enum {string}
                 */
                readonly cause: "asked" | "gone" | "failing";
                /** @description For people. */
                readonly reason: string;
                /**
                 * Format: date-time
                 * @description Since when. ISO 8601, UTC.
                 */
                readonly disabledAt: string;
            } | null;
            /**
             * Format: date-time
             * @description What happened before is not told. ISO 8601, UTC.
             */
            readonly registeredAt: string;
            /** @description Shared with the receiver, in this answer only; null in the scheme standard-ed25519. */
            readonly secret: string | null;
            /** @description What signatures are checked with; null where a secret is shared. */
            readonly publicKey: string | null;
        };
        readonly Revocation: {
            /** @description Goes on record. */
            readonly reason?: string | null;
        };
        /** @description A new key. */
        readonly RotatedEndpointSecret: {
            /** @description Shared with the receiver, in this answer only; null in the scheme standard-ed25519. */
            readonly secret: string | null;
            /** @description What signatures are checked with; null where a secret is shared. */
            readonly publicKey: string | null;
            /**
             * Format: date-time
             * @description Until then the key before signs along. ISO 8601, UTC.
             */
            readonly previousValidUntil: string;
        };
        /** @description The successor has the same terms. */
        readonly RotatedKey: {
            /** @description The key itself. Shown this once. */
            readonly key: string;
            /** @description Id of the key; not secret. */
            readonly id: string;
            /** @description The first characters of the key, to tell keys apart; not secret. */
            readonly prefix: string;
            /**
             * Format: date-time
             * @description Until when the old one goes on working. ISO 8601, UTC.
             */
            readonly previousValidUntil: string;
        };
        readonly Rotation: {
            /**
             * @description Seconds for which the old one goes on working, up to a week.
             * @default 86400
             */
            readonly overlapSeconds?: number | null;
        };
        /** @description What a tenant had, got and used in a month. */
        readonly Statement: {
            /** @description Tenant whose books they are. */
            readonly tenantId: string;
            /** @description The month. */
            readonly month: string;
            /** @description Whether it is final. */
            readonly closed: boolean;
            /** @description On account at the beginning, holds included. A whole number of tokens as a decimal string. */
            readonly opening: string;
            /** @description On account at the end, holds included. A whole number of tokens as a decimal string. */
            readonly closing: string;
            /** @description By currency; granted tokens first. */
            readonly sums: readonly {
                /** @description Tenant whose books they are. */
                readonly tenantId: string;
                /** @description ISO 4217; null for grants. */
                readonly currency: string | null;
                /** @description Owed at the beginning, holds included. */
                readonly opening: {
                    /** @description Tokens. A whole number of tokens as a decimal string. */
                    readonly tokens: string;
                    /** @description Minor units of the currency, a whole number as a decimal string. */
                    readonly minorUnits: string | null;
                };
                /** @description Came in, bought or granted. */
                readonly purchased: {
                    /** @description Tokens. A whole number of tokens as a decimal string. */
                    readonly tokens: string;
                    /** @description Minor units of the currency, a whole number as a decimal string. */
                    readonly minorUnits: string | null;
                };
                /** @description Earned, or used of a grant. */
                readonly recognised: {
                    /** @description Tokens. A whole number of tokens as a decimal string. */
                    readonly tokens: string;
                    /** @description Minor units of the currency, a whole number as a decimal string. */
                    readonly minorUnits: string | null;
                };
                /** @description Given back to lots after it was earned. */
                readonly refunded: {
                    /** @description Tokens. A whole number of tokens as a decimal string. */
                    readonly tokens: string;
                    /** @description Minor units of the currency, a whole number as a decimal string. */
                    readonly minorUnits: string | null;
                };
                /** @description Taken back by payers’ banks. */
                readonly chargedBack: {
                    /** @description Tokens. A whole number of tokens as a decimal string. */
                    readonly tokens: string;
                    /** @description Minor units of the currency, a whole number as a decimal string. */
                    readonly minorUnits: string | null;
                };
                /** @description Given up for money that went back to payers. */
                readonly repaid: {
                    /** @description Tokens. A whole number of tokens as a decimal string. */
                    readonly tokens: string;
                    /** @description Minor units of the currency, a whole number as a decimal string. */
                    readonly minorUnits: string | null;
                };
                /** @description Expired. */
                readonly breakage: {
                    /** @description Tokens. A whole number of tokens as a decimal string. */
                    readonly tokens: string;
                    /** @description Minor units of the currency, a whole number as a decimal string. */
                    readonly minorUnits: string | null;
                };
                /** @description Owed at the end. */
                readonly closing: {
                    /** @description Tokens. A whole number of tokens as a decimal string. */
                    readonly tokens: string;
                    /** @description Minor units of the currency, a whole number as a decimal string. */
                    readonly minorUnits: string | null;
                };
            }[];
        };
        /** @description The statement, newest entry first. */
        readonly StatementPage: {
            /** @description At most `limit`. */
            readonly entries: readonly components["schemas"]["LedgerEntry"][];
            /** @description Send it as `cursor` for the next page; null on the last one. */
            readonly nextCursor: string | null;
        };
        /** @description An order of tokens and its payment. */
        readonly TopUp: {
            /** @description Id of the top-up. */
            readonly id: string;
            /**
             * @description `open` waits for payment, `pending` for its certainty; `under_review` waits for a decision of the operator; `confirmed` becomes `credited` within moments. `disputed` and `charged_back`: the payer’s bank took the money back.
             * @enum {string}
             */
            readonly status: "requested" | "open" | "pending" | "under_review" | "confirmed" | "credited" | "refused" | "expired" | "failed" | "refunded" | "disputed" | "charged_back";
            /** @description Who takes the payment. */
            readonly provider: string;
            /** @description The package ordered; null for an amount that an operator set. */
            readonly package: string | null;
            /** @description Tokens ordered. */
            readonly tokens: number;
            /** @description ISO 4217. */
            readonly currency: string;
            /** @description Without the discount. A decimal text in `currency`. */
            readonly listPrice: string | null;
            /** @description Frozen when it was ordered. A decimal text in `currency`. */
            readonly price: string | null;
            /** @description Volume discount that the price has. */
            readonly discountTier: string | null;
            /**
             * Format: uri
             * @description Where to pay, as long as it can be paid on a page.
             */
            readonly checkoutUrl: string | null;
            /**
             * Format: date-time
             * @description The price holds until then. ISO 8601, UTC.
             */
            readonly expiresAt: string;
            /** @description What came; it may differ from the price. A decimal text in `currency`. */
            readonly received: string | null;
            /** @description Tokens that came on the account for it. */
            readonly credited: number;
            /** @description What went back to the payer. A decimal text in `currency`. */
            readonly refunded: string;
            /**
             * Format: date-time
             * @description When it was ordered. ISO 8601, UTC.
             */
            readonly createdAt: string;
            /**
             * Format: date-time
             * @description Latest change. ISO 8601, UTC.
             */
            readonly updatedAt: string;
            /**
             * Format: date-time
             * @description When the tokens came on the account. ISO 8601, UTC.
             */
            readonly creditedAt: string | null;
        };
        /** @description What is sold, and how it can be paid. */
        readonly TopUpPackages: {
            /** @description Of the price list. */
            readonly version: string;
            /** @description In the order of the price list. */
            readonly packages: readonly {
                /** @description Name of the package. */
                readonly id: string;
                /** @description Tokens in it. */
                readonly tokens: number;
                /** @description Volume discount that its price has. */
                readonly discountTier: string | null;
                /** @description Percent off the list price. */
                readonly discountPercent: number;
                /** @description One for each currency it is sold in. */
                readonly prices: readonly {
                    /** @description ISO 4217. */
                    readonly currency: string;
                    /** @description Without the discount. A decimal text in `currency`. */
                    readonly listPrice: string;
                    /** @description What is paid. A decimal text in `currency`. */
                    readonly price: string;
                }[];
            }[];
            /** @description Who takes payments. */
            readonly providers: readonly string[];
            /** @description How to pay with the provider `manual`. */
            readonly manualInstructions: readonly string[];
        };
        /** @description Top-ups, newest first. */
        readonly TopUpPage: {
            /** @description At most `limit`. */
            readonly topUps: readonly components["schemas"]["TopUp"][];
            /** @description Send it as `cursor` for the next page; null on the last one. */
            readonly nextCursor: string | null;
        };
        /** @description A job, and what came of it. A callback brings the same. */
        readonly UncensoredJob: {
            /**
             * Format: uuid
             * @description Id of the job.
             */
            readonly job_id: string;
            /**
             * @description Where it stands.
             * @enum {string}
             */
            readonly status: "processing" | "completed" | "failed";
            /**
             * Format: uri
             * @description Signed URL of the image, for 23 hours; null until it is done.
             */
            readonly image_url: string | null;
            /** @description Alias of the model that was used. */
            readonly model: string;
            /**
             * Format: date-time
             * @description When the request was accepted. ISO 8601, UTC.
             */
            readonly created_at: string;
            /**
             * Format: date-time
             * @description When the work ended; null until then. ISO 8601, UTC.
             */
            readonly completed_at: string | null;
            /** @description Seconds that the work took. */
            readonly generation_time: number | null;
            /** @description Why a job failed; nothing was charged. */
            readonly error?: {
                /** @description Stable: decide by it, not by the message. */
                readonly code: string;
                /** @description For people. */
                readonly message: string;
            };
            /** @description What it costs, in tokens. */
            readonly cost: {
                /** @description Held when the request was accepted. */
                readonly tokens: number;
                /** @description Given back since; the difference is what is charged. */
                readonly refunded: number;
            };
        };
        /** @description An uploaded reference image. */
        readonly UploadedReference: {
            /** @description To be sent where the URL of a reference is taken. */
            readonly id: string;
            /**
             * @description What its bytes are.
             * @enum {string}
             */
            readonly mediaType: "image/png" | "image/jpeg" | "image/webp";
            /** @description Pixels. */
            readonly width: number;
            /** @description Pixels. */
            readonly height: number;
            /** @description Size of the file. */
            readonly bytes: number;
        };
        /** @description Groups in the order of what they are grouped by. */
        readonly UsagePage: {
            /** @description At most `limit`. */
            readonly usage: readonly {
                /** @description Day of UTC. */
                readonly day?: string;
                /** @description Alias of the model. */
                readonly model?: string;
                /** @description Id of the key. */
                readonly apiKeyId?: string;
                /** @description What may be spent, and what was. */
                readonly apiKeyBudget?: {
                    /** @description Tokens that may be spent on one day of UTC; null is no cap. */
                    readonly perDay: number | null;
                    /** @description Tokens that may be spent in one month of UTC; null is no cap. */
                    readonly perMonth: number | null;
                    /** @description Tokens that may be spent altogether; null is no cap. */
                    readonly total: number | null;
                    /** @description Held or captured, and neither released nor refunded, since the budget was set. */
                    readonly spent: {
                        /** @description Tokens on the present day of UTC. */
                        readonly today: number;
                        /** @description Tokens in the present month of UTC. */
                        readonly thisMonth: number;
                        /** @description Tokens altogether. */
                        readonly total: number;
                    };
                } | null;
                /** @description Pseudonym of the end user. */
                readonly endUserId?: string;
                /** @description E-mail; null when it was erased, or the key lacks the scope `end_users:read`. */
                readonly endUserEmail?: string | null;
                /** @description What may be spent, and what was. */
                readonly endUserBudget?: {
                    /** @description Tokens that may be spent on one day of UTC; null is no cap. */
                    readonly perDay: number | null;
                    /** @description Tokens that may be spent in one month of UTC; null is no cap. */
                    readonly perMonth: number | null;
                    /** @description Tokens that may be spent altogether; null is no cap. */
                    readonly total: number | null;
                    /** @description Held or captured, and neither released nor refunded, since the budget was set. */
                    readonly spent: {
                        /** @description Tokens on the present day of UTC. */
                        readonly today: number;
                        /** @description Tokens in the present month of UTC. */
                        readonly thisMonth: number;
                        /** @description Tokens altogether. */
                        readonly total: number;
                    };
                } | null;
                /** @description Name of the dialect. */
                readonly dialect?: string;
                /** @description Requests accepted. */
                readonly requests: number;
                /** @description Generations that succeeded. */
                readonly succeeded: number;
                /** @description Generations that failed. */
                readonly failed: number;
                /** @description Generations that were cancelled. */
                readonly cancelled: number;
                /** @description Succeeded among those that succeeded or failed; null when there were none. */
                readonly successRatio: number | null;
                /** @description Tokens, each on the day it happened. */
                readonly xTokens: {
                    /** @description Held when requests were accepted. */
                    readonly held: number;
                    /** @description Earned: the same as in the ledger. */
                    readonly captured: number;
                    /** @description Given back when work ended. */
                    readonly released: number;
                    /** @description Given back after they had been captured. */
                    readonly refunded: number;
                };
            }[];
            /** @description Send it as `cursor` for the next page; null on the last one. */
            readonly nextCursor: string | null;
        };
        /** @description An endpoint, and how it does. */
        readonly WatchedWebhookEndpoint: {
            /** @description Id of the endpoint. */
            readonly id: string;
            /**
             * @description How deliveries to it are signed.
             * @enum {string}
             */
            readonly scheme: "xmode" | "xavira" | "standard" | "standard-ed25519";
            /**
             * Format: uri
             * @description Where it is told.
             */
            readonly url: string;
            /** @description All that it is told of. */
            readonly events: readonly ("generation.started" | "generation.completed" | "generation.failed" | "generation.cancelled" | "account.low_balance" | "endpoint.disabled")[];
            /** @description Headers that go along with each delivery, by their names in lower case. */
            readonly headers: {
                readonly [key: string]: string;
            };
            /**
             * @description What a message waits for.
             * @enum {string}
             */
            readonly ordering: "none" | "generation" | "endpoint";
            /** @description Deliveries begun in a second; null for as many as come. */
            readonly perSecond: number | null;
            /** @description Deliveries under way at a time, over all processes that deliver. */
            readonly concurrency: number;
            /** @description Waits before the second, third … attempt. */
            readonly retryDelays: readonly number[] | null;
            /** @description Newest first; empty where a secret is shared. */
            readonly publicKeys: readonly {
                /** @description `whpk_` and the base64 of the 32 bytes of an Ed25519 public key. */
                readonly key: string;
                /**
                 * Format: date-time
                 * @description Until then it signs along; null for the current one. ISO 8601, UTC.
                 */
                readonly validUntil: string | null;
            }[];
            /**
             * Format: uri
             * @description Where anybody finds them; null where a secret is shared.
             */
            readonly publicKeysUrl: string | null;
            /**
             * Format: date-time
             * @description Until then the key before the current one signs along; null when none does. ISO 8601, UTC.
             */
            readonly previousKeyValidUntil: string | null;
            /** @description Why nothing is sent to it; null while it is enabled. */
            readonly disabled: {
                /**
                 * @description `asked`: by the tenant. `gone`: it answered 410. `failing`: it took nothing for 5 days.
                 * @enum {string}
                 */
                readonly cause: "asked" | "gone" | "failing";
                /** @description For people. */
                readonly reason: string;
                /**
                 * Format: date-time
                 * @description Since when. ISO 8601, UTC.
                 */
                readonly disabledAt: string;
            } | null;
            /**
             * Format: date-time
             * @description What happened before is not told. ISO 8601, UTC.
             */
            readonly registeredAt: string;
            /** @description How it does. */
            readonly health: {
                /**
                 * @description `open`: nothing is sent for a while. `half_open`: one is tried.
                 * @enum {string}
                 */
                readonly breaker: "closed" | "open" | "half_open";
                /**
                 * Format: date-time
                 * @description When an open breaker lets one through. ISO 8601, UTC.
                 */
                readonly probeAt: string | null;
                /**
                 * Format: date-time
                 * @description When it first failed since it last worked; null while it works. ISO 8601, UTC.
                 */
                readonly failingSince: string | null;
                /** @description Messages for it that are not settled. */
                readonly waiting: number;
                /**
                 * Format: date-time
                 * @description Since when the oldest of them waits; null when none does. ISO 8601, UTC.
                 */
                readonly waitingSince: string | null;
                /**
                 * Format: date-time
                 * @description When the oldest expires that waits for it; null while it is enabled. ISO 8601, UTC.
                 */
                readonly expiresAt: string | null;
                /** @description Deliveries to it under way, as of the last second or so. */
                readonly underWay: number;
                /** @description Of its last 50, newest first. */
                readonly recent: readonly ("delivered" | "retry" | "exhausted" | "refused")[];
                /** @description Part of those that were delivered; null when there was none. */
                readonly successRatio: number | null;
            };
        };
        /** @description The attempts at a message. */
        readonly WebhookAttempts: {
            /** @description In their order. */
            readonly attempts: readonly {
                /** @description From 1. */
                readonly attempt: number;
                /**
                 * Format: date-time
                 * @description When it was sent. ISO 8601, UTC.
                 */
                readonly at: string;
                /**
                 * @description What it meant.
                 * @enum {string}
                 */
                readonly outcome: "delivered" | "retry" | "exhausted" | "refused";
                /** @description HTTP status of the answer, null without one. */
                readonly status: number | null;
                /** @description What kept it from being answered. */
                readonly error: string | null;
                /** @description Milliseconds it took. */
                readonly elapsedMs: number;
                /**
                 * Format: date-time
                 * @description When the next attempt is due; null when none is. ISO 8601, UTC.
                 */
                readonly nextAttemptAt: string | null;
                /** @description Null when its time is over, or when what it told was erased. */
                readonly exchange: {
                    /** @description The POST. */
                    readonly request: {
                        /** @description Without its query. */
                        readonly url: string;
                        /** @description Names and values; values that are secrets are `[redacted]`. */
                        readonly headers: {
                            readonly [key: string]: string;
                        };
                        /** @description The body. */
                        readonly body: {
                            /** @description Its beginning. */
                            readonly text: string;
                            /** @description Whether there was more. */
                            readonly isCut: boolean;
                        };
                    };
                    /** @description Null without an answer. */
                    readonly response: {
                        /** @description HTTP status. */
                        readonly status: number;
                        /** @description Of the answer. */
                        readonly headers: {
                            readonly [key: string]: string;
                        };
                        /** @description Its first KB. */
                        readonly body: {
                            /** @description Its beginning. */
                            readonly text: string;
                            /** @description Whether there was more. */
                            readonly isCut: boolean;
                        };
                    } | null;
                    /** @description Milliseconds. */
                    readonly timing: {
                        /** @description Name look-up, connection and TLS; null for a connection that was there. */
                        readonly connect: number | null;
                        /** @description Until the head of the answer; null without one. */
                        readonly firstByte: number | null;
                        /** @description From the beginning to the end. */
                        readonly total: number;
                    };
                } | null;
            }[];
        };
        /** @description A URL that is told of what happens. */
        readonly WebhookEndpoint: {
            /** @description Id of the endpoint. */
            readonly id: string;
            /**
             * @description How deliveries to it are signed.
             * @enum {string}
             */
            readonly scheme: "xmode" | "xavira" | "standard" | "standard-ed25519";
            /**
             * Format: uri
             * @description Where it is told.
             */
            readonly url: string;
            /** @description All that it is told of. */
            readonly events: readonly ("generation.started" | "generation.completed" | "generation.failed" | "generation.cancelled" | "account.low_balance" | "endpoint.disabled")[];
            /** @description Headers that go along with each delivery, by their names in lower case. */
            readonly headers: {
                readonly [key: string]: string;
            };
            /**
             * @description What a message waits for.
             * @enum {string}
             */
            readonly ordering: "none" | "generation" | "endpoint";
            /** @description Deliveries begun in a second; null for as many as come. */
            readonly perSecond: number | null;
            /** @description Deliveries under way at a time, over all processes that deliver. */
            readonly concurrency: number;
            /** @description Waits before the second, third … attempt. */
            readonly retryDelays: readonly number[] | null;
            /** @description Newest first; empty where a secret is shared. */
            readonly publicKeys: readonly {
                /** @description `whpk_` and the base64 of the 32 bytes of an Ed25519 public key. */
                readonly key: string;
                /**
                 * Format: date-time
                 * @description Until then it signs along; null for the current one. ISO 8601, UTC.
                 */
                readonly validUntil: string | null;
            }[];
            /**
             * Format: uri
             * @description Where anybody finds them; null where a secret is shared.
             */
            readonly publicKeysUrl: string | null;
            /**
             * Format: date-time
             * @description Until then the key before the current one signs along; null when none does. ISO 8601, UTC.
             */
            readonly previousKeyValidUntil: string | null;
            /** @description Why nothing is sent to it; null while it is enabled. */
            readonly disabled: {
                /**
                 * @description `asked`: by the tenant. `gone`: it answered 410. `failing`: it took nothing for 5 days.
                 * @enum {string}
                 */
                readonly cause: "asked" | "gone" | "failing";
                /** @description For people. */
                readonly reason: string;
                /**
                 * Format: date-time
                 * @description Since when. ISO 8601, UTC.
                 */
                readonly disabledAt: string;
            } | null;
            /**
             * Format: date-time
             * @description What happened before is not told. ISO 8601, UTC.
             */
            readonly registeredAt: string;
        };
        readonly WebhookEndpointChanges: {
            /** @description Public HTTPS URL. Private, loopback and link-local addresses are refused. */
            readonly url?: string | null;
            /** @description What it is told of; everything when absent. */
            readonly events?: readonly ("generation.started" | "generation.completed" | "generation.failed" | "generation.cancelled" | "account.low_balance" | "endpoint.disabled")[] | null;
            /** @description Up to 8 headers named `x-…` that go along. Names of the connection, of forwarding and of signatures are refused. */
            readonly headers?: Record<string, never> | null;
            /**
             * @description `generation`: later messages about a generation wait until the earlier ones are settled. `endpoint`: all wait for the one before.
             * @default none
             * @enum {unknown}
             */
            readonly ordering?: "none" | "generation" | "endpoint" | null;
            /** @description Deliveries begun in a second over all processes; 0 for no limit. */
            readonly perSecond?: number | null;
            /**
             * @description Deliveries under way at a time in one process.
             * @default 32
             */
            readonly concurrency?: number | null;
            /** @description Seconds before the second, third … attempt, a week in all; empty for the usual schedule. */
            readonly retryDelays?: readonly number[] | null;
        };
        /** @description Endpoints in the order of their registration. */
        readonly WebhookEndpointList: {
            /** @description At most 100. */
            readonly endpoints: readonly components["schemas"]["WatchedWebhookEndpoint"][];
        };
        readonly WebhookEndpointRotation: {
            /**
             * @description Seconds for which the old one signs along, up to a week.
             * @default 86400
             */
            readonly overlapSeconds?: number | null;
        };
        /** @description A record on its way to the receiver. */
        readonly WebhookMessage: {
            /** @description Id of the message, the same in every attempt: the `webhook-id` header. */
            readonly id: string;
            /**
             * @description What it tells of.
             * @enum {string}
             */
            readonly eventType: "generation.ended" | "account.low_balance" | "endpoint.disabled" | "webhook.test";
            /** @description The generation whose record it delivers, if it is about one. */
            readonly generationId: string | null;
            /** @description The endpoint that hears of it; null for a URL of its own. */
            readonly endpointId: string | null;
            /**
             * @description `exhausted`: every attempt failed. `refused`: the receiver answered 410. `withdrawn`: the generation was deleted. `expired`: its endpoint stayed disabled for too long.
             * @enum {string}
             */
            readonly status: "pending" | "delivered" | "exhausted" | "refused" | "withdrawn" | "expired";
            /** @description Attempts so far. */
            readonly attempts: number;
            /**
             * Format: date-time
             * @description When the outcome was known. ISO 8601, UTC.
             */
            readonly createdAt: string;
            /**
             * Format: date-time
             * @description Latest change. ISO 8601, UTC.
             */
            readonly updatedAt: string;
        };
        /** @description Messages, newest first. */
        readonly WebhookMessagePage: {
            /** @description At most `limit`. */
            readonly messages: readonly components["schemas"]["WebhookMessage"][];
            /** @description Send it as `cursor` for the next page; null on the last one. */
            readonly nextCursor: string | null;
        };
        /** @description A message with each of its attempts. */
        readonly WebhookMessageWithLog: {
            /** @description Id of the message, the same in every attempt: the `webhook-id` header. */
            readonly id: string;
            /**
             * @description What it tells of.
             * @enum {string}
             */
            readonly eventType: "generation.ended" | "account.low_balance" | "endpoint.disabled" | "webhook.test";
            /** @description The generation whose record it delivers, if it is about one. */
            readonly generationId: string | null;
            /** @description The endpoint that hears of it; null for a URL of its own. */
            readonly endpointId: string | null;
            /**
             * @description `exhausted`: every attempt failed. `refused`: the receiver answered 410. `withdrawn`: the generation was deleted. `expired`: its endpoint stayed disabled for too long.
             * @enum {string}
             */
            readonly status: "pending" | "delivered" | "exhausted" | "refused" | "withdrawn" | "expired";
            /** @description Attempts so far. */
            readonly attempts: number;
            /**
             * Format: date-time
             * @description When the outcome was known. ISO 8601, UTC.
             */
            readonly createdAt: string;
            /**
             * Format: date-time
             * @description Latest change. ISO 8601, UTC.
             */
            readonly updatedAt: string;
            /** @description In their order. */
            readonly log: readonly {
                /** @description From 1. */
                readonly attempt: number;
                /**
                 * Format: date-time
                 * @description When it was sent. ISO 8601, UTC.
                 */
                readonly at: string;
                /**
                 * @description What it meant.
                 * @enum {string}
                 */
                readonly outcome: "delivered" | "retry" | "exhausted" | "refused";
                /** @description HTTP status of the answer, null without one. */
                readonly status: number | null;
                /** @description What kept it from being answered. */
                readonly error: string | null;
                /** @description Milliseconds it took. */
                readonly elapsedMs: number;
                /**
                 * Format: date-time
                 * @description When the next attempt is due; null when none is. ISO 8601, UTC.
                 */
                readonly nextAttemptAt: string | null;
            }[];
        };
        /** @description The latest recoveries of a tenant. */
        readonly WebhookRecoveries: {
            /** @description At most 100, the newest first. */
            readonly recoveries: readonly components["schemas"]["WebhookRecovery"][];
        };
        /** @description Messages that are sent again together. */
        readonly WebhookRecovery: {
            /** @description Id of the recovery. */
            readonly id: string;
            /**
             * @description `complete`: every message was asked for again. `bounded`: 100,000 messages were looked at; ask for the rest with a later `since`.
             * @enum {string}
             */
            readonly status: "running" | "complete" | "bounded";
            /** @description Endpoint whose messages they are; null for those of all URLs. */
            readonly endpointId: string | null;
            /** @description What had become of the messages that are sent again. */
            readonly statuses: readonly ("pending" | "exhausted" | "refused" | "delivered" | "expired")[];
            /**
             * Format: date-time
             * @description Messages made then or later. ISO 8601, UTC.
             */
            readonly since: string;
            /**
             * Format: date-time
             * @description Messages made before. ISO 8601, UTC.
             */
            readonly until: string;
            /** @description Messages looked at so far. */
            readonly looked: number;
            /** @description Of them, those that are sent again; the others were on their way already. */
            readonly recovered: number;
        };
        readonly WebhookRecoveryRequest: {
            /**
             * Format: date-time
             * @description ISO 8601: messages made then or later.
             */
            readonly since: string;
            /**
             * Format: date-time
             * @description ISO 8601: messages made before; now when it is absent.
             */
            readonly until?: string | null;
            /** @description What became of them: `pending` (an attempt failed, another one is planned), `exhausted`, `refused` or `delivered`. Without it all but `delivered`. */
            readonly statuses?: readonly ("pending" | "exhausted" | "refused" | "delivered" | "expired")[] | null;
        };
        /** @description The message is sent again. */
        readonly WebhookRedelivery: {
            /** @description Id of the message, the same in every attempt: the `webhook-id` header. */
            readonly id: string;
            /**
             * @description Always `pending`.
             * @enum {string}
             */
            readonly status: "pending";
        };
        readonly WebhookRegistration: {
            /** @description Public HTTPS URL. Private, loopback and link-local addresses are refused. */
            readonly url: string;
            /** @description What it is told of; everything when absent. */
            readonly events?: readonly ("generation.completed" | "generation.failed")[] | null;
        };
        /** @description Every error of this dialect has this form. */
        readonly XaviraError: {
            /** @description What went wrong, for programs and for people. */
            readonly error: {
                /**
                 * @description Stable: decide by it, not by the message.
                 * @enum {string}
                 */
                readonly code: "validation_error" | "unauthorized" | "insufficient_credits" | "budget_exceeded" | "forbidden" | "not_found" | "conflict" | "payload_too_large" | "unsupported_media_type" | "moderation_blocked" | "rate_limited" | "internal_error" | "provider_error" | "provider_timeout" | "deadline_missed" | "unavailable";
                /** @description Names the field and the rule; may be reworded at any time. */
                readonly message: string;
                /** @description The offending field, for `validation_error`. */
                readonly field?: string;
                /** @description Credits that can be spent, for `insufficient_credits`. */
                readonly balance?: number;
                /** @description Credits that the request costs, for codes of 402. */
                readonly required?: number;
                /** @description Whose budget it is, for `budget_exceeded`. */
                readonly budget?: string;
                /** @description Which of its limits, for `budget_exceeded`. */
                readonly period?: string;
                /** @description Credits that may be spent in the period, for `budget_exceeded`. */
                readonly limit?: number;
                /** @description Credits that were, for `budget_exceeded`. */
                readonly spent?: number;
                /** @description When the period ends, for `budget_exceeded`. */
                readonly resets_at?: string;
                /** @description What stands in the way, for `conflict`. */
                readonly reason?: string;
                /** @description Category of the content policy, for `moderation_blocked`. */
                readonly category?: string;
                /** @description Scope that the key lacks, for `forbidden`. */
                readonly scope?: string;
                /** @description Model that the key may not use, for `forbidden`. */
                readonly model?: string;
                /** @description Seconds to wait, for `rate_limited`. */
                readonly retry_after?: number;
                /** @description The `X-Request-Id` of this answer: quote it when you ask for help. */
                readonly request_id: string;
            };
            /** @description Of a generation that failed while it was waited for. */
            readonly generation_id?: string;
            /**
             * @description Of such a generation.
             * @enum {string}
             */
            readonly status?: "failed";
            /** @description Of such a generation: nothing. */
            readonly cost_credits?: number;
            /** @description Of such a generation: what was held and given back. */
            readonly refunded_credits?: number;
        };
        /** @description A generation, and what came of it. */
        readonly XaviraGeneration: {
            /** @description Id of the generation. */
            readonly generation_id: string;
            /**
             * @description Where it stands.
             * @enum {string}
             */
            readonly status: "queued" | "processing" | "completed" | "failed";
            /**
             * Format: uri
             * @description Signed URL of the output, for good; null until it is there.
             */
            readonly output_url: string | null;
            /** @description What the model was asked for, the negative prompt at its end. */
            readonly enhanced_prompt: string;
            /** @description What is held or was charged. */
            readonly cost_credits: number;
            /** @description What was held and given back. */
            readonly refunded_credits: number;
            /** @description Why it failed; nothing was charged. */
            readonly error?: {
                /** @description Stable: decide by it, not by the message. */
                readonly code: string;
                /** @description For people. */
                readonly message: string;
            };
        };
        /** @description The same, with its secret, in this answer only. */
        readonly XaviraNewWebhook: {
            /** @description Id of the webhook. */
            readonly webhook_id: string;
            /**
             * Format: uri
             * @description Where it is told.
             */
            readonly url: string;
            /** @description All that it is told of. */
            readonly events: readonly ("generation.completed" | "generation.failed")[];
            /**
             * Format: date-time
             * @description When it was registered; what happened before is not told. ISO 8601, UTC.
             */
            readonly created_at: string;
            /** @description Signs deliveries: the whole text is the key. */
            readonly secret: string;
        };
        /** @description A URL that is told what became of generations. */
        readonly XaviraWebhook: {
            /** @description Id of the webhook. */
            readonly webhook_id: string;
            /**
             * Format: uri
             * @description Where it is told.
             */
            readonly url: string;
            /** @description All that it is told of. */
            readonly events: readonly ("generation.completed" | "generation.failed")[];
            /**
             * Format: date-time
             * @description When it was registered; what happened before is not told. ISO 8601, UTC.
             */
            readonly created_at: string;
        };
        /** @description Webhooks in the order in which they were registered. */
        readonly XaviraWebhookList: {
            /** @description At most 100, those registered elsewhere included. */
            readonly webhooks: readonly components["schemas"]["XaviraWebhook"][];
        };
        readonly ListGenerationsQuery: {
            /**
             * @description Items on a page.
             * @default 20
             */
            readonly limit?: number;
            /** @description `nextCursor` of the page before. */
            readonly cursor?: string;
            /**
             * @description What the whole list is sorted by, smallest or oldest first; with `-` before it largest or newest first. A cursor is of one order: ask for the next page with the same `sort`.
             * @default -createdAt
             * @enum {unknown}
             */
            readonly sort?: "createdAt" | "-createdAt";
            /** @description ISO 8601 date or time, inclusive. */
            readonly from?: string;
            /** @description ISO 8601 date or time, exclusive. */
            readonly to?: string;
            /**
             * Format: email
             * @description Requests of one end user.
             */
            readonly endUserEmail?: string;
            /** @description The one with this id. */
            readonly id?: string;
            /**
             * @description Requests in one status.
             * @enum {unknown}
             */
            readonly status?: "queued" | "processing" | "succeeded" | "failed" | "cancelled" | "expired";
            /** @description Requests for one model. */
            readonly model?: string;
        };
        readonly GetGenerationQuery: {
            /**
             * @description In whose words; of the dialect that asked for it when absent.
             * @enum {unknown}
             */
            readonly dialect?: "xmode" | "xavira";
        };
        readonly StreamGenerationQuery: {
            /**
             * @description `true` adds events `preview`: what an image looks like before it is finished, where its provider shows that and it may be shown.
             * @enum {unknown}
             */
            readonly previews?: "true" | "false";
        };
        readonly WithdrawReferenceConsentQuery: {
            /** @description Goes on record as it is: name nobody in it. */
            readonly reason?: string;
        };
        readonly ListEndUsersQuery: {
            /**
             * @description Items on a page.
             * @default 20
             */
            readonly limit?: number;
            /** @description `nextCursor` of the page before. */
            readonly cursor?: string;
            /**
             * @description What the whole list is sorted by, smallest or oldest first; with `-` before it largest or newest first. A cursor is of one order: ask for the next page with the same `sort`.
             * @default -firstSeen
             * @enum {unknown}
             */
            readonly sort?: "firstSeen" | "-firstSeen" | "lastSeen" | "-lastSeen" | "spent" | "-spent";
            /**
             * @description Those in one state.
             * @enum {unknown}
             */
            readonly state?: "active" | "blocked";
        };
        readonly ListEndUserGenerationsQuery: {
            /**
             * @description Items on a page.
             * @default 20
             */
            readonly limit?: number;
            /** @description `nextCursor` of the page before. */
            readonly cursor?: string;
            /**
             * @description What the whole list is sorted by, smallest or oldest first; with `-` before it largest or newest first. A cursor is of one order: ask for the next page with the same `sort`.
             * @default -createdAt
             * @enum {unknown}
             */
            readonly sort?: "createdAt" | "-createdAt";
            /** @description ISO 8601 date or time, inclusive. */
            readonly from?: string;
            /** @description ISO 8601 date or time, exclusive. */
            readonly to?: string;
            /**
             * @description Requests in one status.
             * @enum {unknown}
             */
            readonly status?: "queued" | "processing" | "succeeded" | "failed" | "cancelled" | "expired";
            /** @description Requests for one model. */
            readonly model?: string;
        };
        readonly FindByIdQuery: {
            /** @description The id, a key’s prefix or an e-mail. */
            readonly id?: string;
        };
        readonly ListLedgerEntriesQuery: {
            /**
             * @description Items on a page.
             * @default 20
             */
            readonly limit?: number;
            /** @description `nextCursor` of the page before. */
            readonly cursor?: string;
            /**
             * @description What the whole list is sorted by, smallest or oldest first; with `-` before it largest or newest first. A cursor is of one order: ask for the next page with the same `sort`.
             * @default -revision
             * @enum {unknown}
             */
            readonly sort?: "revision" | "-revision";
            /** @description ISO 8601 date or time, inclusive. */
            readonly from?: string;
            /** @description ISO 8601 date or time, exclusive. */
            readonly to?: string;
            /** @description Entries about one generation. */
            readonly generationId?: string;
            /**
             * @description Instead of the Accept header. As CSV the whole list comes in one file, however long it is, compressed where gzip is accepted; with `limit` or `cursor` a page of it.
             * @enum {unknown}
             */
            readonly format?: "json" | "csv";
        };
        readonly ExportOwnJournalQuery: {
            /**
             * @description `csv`: a line a posting; `jsonl`: a document an entry; `hledger`, `beancount`: for those programs; `focus`: rows of FinOps FOCUS 1.2.
             * @enum {unknown}
             */
            readonly format?: "csv" | "jsonl" | "hledger" | "beancount" | "focus";
            /** @description First month, such as `2026-01`; the first of all when absent. */
            readonly from?: string;
            /** @description Last month, inclusive; the last of all when absent. */
            readonly to?: string;
        };
        readonly GetStatementQuery: {
            /** @description The month, such as `2026-01`. */
            readonly month?: string;
            /**
             * @description `json` when absent.
             * @enum {unknown}
             */
            readonly format?: "json" | "csv" | "pdf";
        };
        readonly ListTopUpsQuery: {
            /**
             * @description Items on a page.
             * @default 20
             */
            readonly limit?: number;
            /** @description `nextCursor` of the page before. */
            readonly cursor?: string;
            /**
             * @description What the whole list is sorted by, smallest or oldest first; with `-` before it largest or newest first. A cursor is of one order: ask for the next page with the same `sort`.
             * @default -createdAt
             * @enum {unknown}
             */
            readonly sort?: "createdAt" | "-createdAt";
            /** @description ISO 8601 date or time, inclusive. */
            readonly from?: string;
            /** @description ISO 8601 date or time, exclusive. */
            readonly to?: string;
            /**
             * @description Top-ups of one status.
             * @enum {unknown}
             */
            readonly status?: "requested" | "open" | "pending" | "under_review" | "confirmed" | "credited" | "refused" | "expired" | "failed" | "refunded" | "disputed" | "charged_back";
        };
        readonly GetReceiptQuery: {
            /**
             * @description JSON when absent; `html` and `text` are for printing.
             * @enum {unknown}
             */
            readonly format?: "json" | "html" | "text";
        };
        readonly ListOwnApiKeysQuery: {
            /**
             * @description Items on a page.
             * @default 20
             */
            readonly limit?: number;
            /** @description `nextCursor` of the page before. */
            readonly cursor?: string;
            /**
             * @description What the whole list is sorted by, smallest or oldest first; with `-` before it largest or newest first. A cursor is of one order: ask for the next page with the same `sort`.
             * @default -createdAt
             * @enum {unknown}
             */
            readonly sort?: "createdAt" | "-createdAt";
        };
        readonly ListEventsQuery: {
            /** @description `nextCursor` of the page before; without it, from the beginning. */
            readonly after?: string;
            /**
             * @description Events on a page.
             * @default 20
             */
            readonly limit?: number;
            /** @description Types wanted, with commas; all without it. */
            readonly types?: string;
            /**
             * @description Seconds to wait for an event while there is none.
             * @default 0
             */
            readonly wait?: number;
        };
        readonly StreamEventsQuery: {
            /** @description `nextCursor` of the list, to go on after it; from now on without it. */
            readonly after?: string;
            /** @description Types wanted, with commas; all without it. */
            readonly types?: string;
        };
        readonly ListWebhookMessagesQuery: {
            /**
             * @description Items on a page.
             * @default 20
             */
            readonly limit?: number;
            /** @description `nextCursor` of the page before. */
            readonly cursor?: string;
            /**
             * @description What the whole list is sorted by, smallest or oldest first; with `-` before it largest or newest first. A cursor is of one order: ask for the next page with the same `sort`.
             * @default -createdAt
             * @enum {unknown}
             */
            readonly sort?: "createdAt" | "-createdAt";
            /** @description Messages about one generation. */
            readonly generationId?: string;
            /** @description Messages to one endpoint. */
            readonly endpointId?: string;
            /**
             * @description Messages in one status.
             * @enum {unknown}
             */
            readonly status?: "pending" | "delivered" | "exhausted" | "refused" | "withdrawn" | "expired";
        };
        readonly GetUsageQuery: {
            /** @description Day of UTC, inclusive. */
            readonly from?: string;
            /** @description Day of UTC, exclusive. */
            readonly to?: string;
            /**
             * @description `day`, `model`, `apiKey`, `endUser`, `dialect`, or several with commas.
             * @default day
             */
            readonly groupBy?: string;
            /**
             * @description Instead of the Accept header. As CSV the whole list comes in one file, however long it is, compressed where gzip is accepted; with `limit` or `cursor` a page of it.
             * @enum {unknown}
             */
            readonly format?: "json" | "csv";
            /**
             * @description Groups.
             * @default 100
             */
            readonly limit?: number;
            /** @description `nextCursor` of the page before; `X-Next-Cursor` of a page in CSV. */
            readonly cursor?: string;
        };
    };
    responses: never;
    parameters: never;
    requestBodies: never;
    headers: never;
    pathItems: never;
}
export type ApiKey = components['schemas']['ApiKey'];
export type ApiKeyPage = components['schemas']['ApiKeyPage'];
export type Balance = components['schemas']['Balance'];
export type BalanceAlert = components['schemas']['BalanceAlert'];
export type Budget = components['schemas']['Budget'];
export type ChargeProof = components['schemas']['ChargeProof'];
export type Deletion = components['schemas']['Deletion'];
export type EndUser = components['schemas']['EndUser'];
export type EndUserPage = components['schemas']['EndUserPage'];
export type EndUserState = components['schemas']['EndUserState'];
export type EndUserStateChange = components['schemas']['EndUserStateChange'];
export type Error = components['schemas']['Error'];
export type Estimate = components['schemas']['Estimate'];
export type EventPage = components['schemas']['EventPage'];
export type FoundThings = components['schemas']['FoundThings'];
export type Generation = components['schemas']['Generation'];
export type GenerationCost = components['schemas']['GenerationCost'];
export type GenerationOverrides = components['schemas']['GenerationOverrides'];
export type GenerationPage = components['schemas']['GenerationPage'];
export type GenerationReceipt = components['schemas']['GenerationReceipt'];
export type GenerationRequest = components['schemas']['GenerationRequest'];
export type GenerationTimeline = components['schemas']['GenerationTimeline'];
export type Invitation = components['schemas']['Invitation'];
export type InvitationList = components['schemas']['InvitationList'];
export type InvitationWithdrawal = components['schemas']['InvitationWithdrawal'];
export type IssuedKey = components['schemas']['IssuedKey'];
export type LedgerEntry = components['schemas']['LedgerEntry'];
export type Lots = components['schemas']['Lots'];
export type LowBalance = components['schemas']['LowBalance'];
export type MemberList = components['schemas']['MemberList'];
export type MemberRemoval = components['schemas']['MemberRemoval'];
export type MemberRole = components['schemas']['MemberRole'];
export type NewBalanceAlert = components['schemas']['NewBalanceAlert'];
export type NewBudget = components['schemas']['NewBudget'];
export type NewInvitation = components['schemas']['NewInvitation'];
export type NewOwnApiKey = components['schemas']['NewOwnApiKey'];
export type NewReferenceConsent = components['schemas']['NewReferenceConsent'];
export type NewTopUp = components['schemas']['NewTopUp'];
export type NewWebhookEndpoint = components['schemas']['NewWebhookEndpoint'];
export type Receipt = components['schemas']['Receipt'];
export type Reference = components['schemas']['Reference'];
export type RegisteredWebhookEndpoint = components['schemas']['RegisteredWebhookEndpoint'];
export type Revocation = components['schemas']['Revocation'];
export type RotatedEndpointSecret = components['schemas']['RotatedEndpointSecret'];
export type RotatedKey = components['schemas']['RotatedKey'];
export type Rotation = components['schemas']['Rotation'];
export type Statement = components['schemas']['Statement'];
export type StatementPage = components['schemas']['StatementPage'];
export type TopUp = components['schemas']['TopUp'];
export type TopUpPackages = components['schemas']['TopUpPackages'];
export type TopUpPage = components['schemas']['TopUpPage'];
export type UncensoredJob = components['schemas']['UncensoredJob'];
export type UploadedReference = components['schemas']['UploadedReference'];
export type UsagePage = components['schemas']['UsagePage'];
export type WatchedWebhookEndpoint = components['schemas']['WatchedWebhookEndpoint'];
export type WebhookAttempts = components['schemas']['WebhookAttempts'];
export type WebhookEndpoint = components['schemas']['WebhookEndpoint'];
export type WebhookEndpointChanges = components['schemas']['WebhookEndpointChanges'];
export type WebhookEndpointList = components['schemas']['WebhookEndpointList'];
export type WebhookEndpointRotation = components['schemas']['WebhookEndpointRotation'];
export type WebhookMessage = components['schemas']['WebhookMessage'];
export type WebhookMessagePage = components['schemas']['WebhookMessagePage'];
export type WebhookMessageWithLog = components['schemas']['WebhookMessageWithLog'];
export type WebhookRecoveries = components['schemas']['WebhookRecoveries'];
export type WebhookRecovery = components['schemas']['WebhookRecovery'];
export type WebhookRecoveryRequest = components['schemas']['WebhookRecoveryRequest'];
export type WebhookRedelivery = components['schemas']['WebhookRedelivery'];
export type WebhookRegistration = components['schemas']['WebhookRegistration'];
export type XaviraError = components['schemas']['XaviraError'];
export type XaviraGeneration = components['schemas']['XaviraGeneration'];
export type XaviraNewWebhook = components['schemas']['XaviraNewWebhook'];
export type XaviraWebhook = components['schemas']['XaviraWebhook'];
export type XaviraWebhookList = components['schemas']['XaviraWebhookList'];
export type ListGenerationsQuery = components['schemas']['ListGenerationsQuery'];
export type GetGenerationQuery = components['schemas']['GetGenerationQuery'];
export type StreamGenerationQuery = components['schemas']['StreamGenerationQuery'];
export type WithdrawReferenceConsentQuery = components['schemas']['WithdrawReferenceConsentQuery'];
export type ListEndUsersQuery = components['schemas']['ListEndUsersQuery'];
export type ListEndUserGenerationsQuery = components['schemas']['ListEndUserGenerationsQuery'];
export type FindByIdQuery = components['schemas']['FindByIdQuery'];
export type ListLedgerEntriesQuery = components['schemas']['ListLedgerEntriesQuery'];
export type ExportOwnJournalQuery = components['schemas']['ExportOwnJournalQuery'];
export type GetStatementQuery = components['schemas']['GetStatementQuery'];
export type ListTopUpsQuery = components['schemas']['ListTopUpsQuery'];
export type GetReceiptQuery = components['schemas']['GetReceiptQuery'];
export type ListOwnApiKeysQuery = components['schemas']['ListOwnApiKeysQuery'];
export type ListEventsQuery = components['schemas']['ListEventsQuery'];
export type StreamEventsQuery = components['schemas']['StreamEventsQuery'];
export type ListWebhookMessagesQuery = components['schemas']['ListWebhookMessagesQuery'];
export type GetUsageQuery = components['schemas']['GetUsageQuery'];
export type $defs = Record<string, never>;
export type operations = Record<string, never>;
