import { Module } from '@nestjs/common';
import { PublishedEvents } from '../integration/published-events.js';
import { AccountEvents } from './account-events.js';
import { AccountOpening } from './account-opening.js';
import { PasswordHasher } from './password-hasher.js';

/** What sessions, accounts and invitations all need: hashing, opening accounts and the record of events. */
@Module({
  providers: [PasswordHasher, AccountEvents, AccountOpening, PublishedEvents],
  exports: [PasswordHasher, AccountEvents, AccountOpening, PublishedEvents],
})
export class CredentialsModule {}
