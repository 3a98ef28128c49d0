export * from './bus.js';
export * from './outbox.js';
export * from './outbox-relay.js';
export * from './subscriptions.js';
export * from './fact-consumer.js';
export * from './parked-facts.js';
export * from './file-store.js';
export * from './mirror.js';
