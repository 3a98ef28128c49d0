import { operations as contingent } from '@parta/contracts-contingent';
import { operations as curriculum } from '@parta/contracts-curriculum';
import { operations as diary } from '@parta/contracts-diary';
import { operations as identity } from '@parta/contracts-identity';
import { operations as journal } from '@parta/contracts-journal';
import { operations as notifications } from '@parta/contracts-notifications';
import { operations as reporting } from '@parta/contracts-reporting';
import { operationsOfTheGateway, type Operation } from '@parta/platform-contract';

/** Every operation with a route; the gateway knows nothing else of the services. */
export const operations: readonly Operation[] = [
  ...operationsOfTheGateway,
  ...identity,
  ...contingent,
  ...curriculum,
  ...journal,
  ...diary,
  ...notifications,
  ...reporting,
].filter((operation) => operation.http);

/** The services behind them. */
export const services: readonly string[] = [
  ...new Set(operations.filter((one) => !operationsOfTheGateway.includes(one)).map((one) => one.service)),
];
