import { Module } from '@nestjs/common';
import { ListPeopleHandler } from './list-people/list-people.handler.js';
import { PeopleAccessModule } from './people-access.module.js';

@Module({ imports: [PeopleAccessModule], controllers: [ListPeopleHandler] })
export class PeopleModule {}
