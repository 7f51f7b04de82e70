import {
  AssetQueries,
  AuditTrailQueries,
  CharacterQueries,
  ConsumerQueries,
  ControlRoomQueries,
  DeadLetterQueries,
  EndUserQueries,
  EventFeed,
  FindingQueries,
  LedgerQueries,
  ModerationCaseQueries,
  OwnerQueries,
  ProjectionTables,
  RevenueQueries,
  RunEnds,
  RunTable,
  SealQueries,
  StorePositions,
  TenancyQueries,
  UsageQueries,
  WebhookAttemptLog,
  WebhookQueries,
} from '@imprest/read-models';
import type { Provider } from '@nestjs/common';
import type { DataSource } from 'typeorm';
import { DATA_SOURCE } from '../tokens.js';

const classes = [
  AssetQueries,
  AuditTrailQueries,
  CharacterQueries,
  ConsumerQueries,
  ControlRoomQueries,
  DeadLetterQueries,
  EndUserQueries,
  EventFeed,
  FindingQueries,
  LedgerQueries,
  ModerationCaseQueries,
  OwnerQueries,
  ProjectionTables,
  RevenueQueries,
  RunEnds,
  RunTable,
  SealQueries,
  StorePositions,
  TenancyQueries,
  UsageQueries,
  WebhookAttemptLog,
  WebhookQueries,
];

/** The query classes of the read models as providers, for modules that answer questions. */
export const readModelQueries: readonly Provider[] = classes.map((query) => ({
  provide: query,
  useFactory: (dataSource: DataSource) => new query(dataSource),
  inject: [DATA_SOURCE],
}));
