import { Module } from '@nestjs/common';
import { DirectoryModule } from '../directory/directory.module.js';
import { PeopleAccess } from './people.access.js';

@Module({ imports: [DirectoryModule], providers: [PeopleAccess], exports: [PeopleAccess] })
export class PeopleAccessModule {}
