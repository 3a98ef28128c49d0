import { Module } from '@nestjs/common';
import { Directory } from './directory.js';
import { DirectoryReader } from './directory-reader.js';
import { EndedAccess } from './ended-access.js';

@Module({
  providers: [Directory, DirectoryReader, EndedAccess],
  exports: [Directory, DirectoryReader, EndedAccess],
})
export class DirectoryModule {}
