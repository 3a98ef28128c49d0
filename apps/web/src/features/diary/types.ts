import type { Schemas } from '../../api/types';

export type Day = Schemas['DiaryDay'];
export type Lesson = Schemas['DiaryLesson'];
export type Mark = Schemas['DiaryMark'];
export type Absence = Schemas['DiaryAbsence'];
export type Homework = Schemas['DiaryHomework'];
export type Subject = Schemas['SubjectMarks'];
export type DatedMark = Schemas['DatedMark'];
