export { EmbeddedServerError, type EmbeddedServerErrorCode } from './embedded-server-error.js';
export { freePort, freePortBlock, requireFreePort } from './ports.js';
export { startEmbeddedPostgres, type EmbeddedPostgresOptions } from './postgres.js';
export { startEmbeddedNats, type EmbeddedNatsOptions } from './nats.js';
export {
  startEmbeddedNatsCluster,
  type EmbeddedNatsCluster,
  type EmbeddedNatsClusterOptions,
} from './nats-cluster.js';
export { KeptServer } from './kept-server.js';
export { processStart } from './process-table.js';
export { Restarts } from './restarts.js';
export { findNatsServer, type FindNatsServerOptions, type NatsServerProgram } from './nats-binary.js';
export type { EmbeddedServer, EmbeddedServerOptions } from './server.js';
export { ServerProcess, type ServerCommand } from './server-process.js';
