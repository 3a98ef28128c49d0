import { Module } from '@nestjs/common';
import { CountAccountsHandler } from './count-accounts/count-accounts.handler.js';
import { ListPeopleHandler } from './list-people/list-people.handler.js';
import { PeopleAccessModule } from './people-access.module.js';

@Module({ imports: [PeopleAccessModule], controllers: [ListPeopleHandler, CountAccountsHandler] })
export class PeopleModule {}
