import { Module } from '@nestjs/common';
import { Directory } from './directory.js';
import { DirectoryReader } from './directory-reader.js';

@Module({ providers: [Directory, DirectoryReader], exports: [Directory, DirectoryReader] })
export class DirectoryModule {}
