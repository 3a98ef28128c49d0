import { Module } from '@nestjs/common';
import { GetClassUseCase } from './get-class/get-class.js';
import { ListClassesUseCase } from './list-classes/list-classes.js';
import { ListSchoolsUseCase } from './list-schools/list-schools.js';

@Module({ controllers: [ListSchoolsUseCase, ListClassesUseCase, GetClassUseCase] })
export class SchoolsModule {}
