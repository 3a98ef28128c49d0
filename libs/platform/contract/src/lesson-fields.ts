import { Text, Whole, type FieldOptions } from './fields.js';

/*
 * Fields of a lesson that the contracts of several services have: what one service tells another must accept.
 */

/** Which lesson of the day it is. */
export const LessonNumber = (options: FieldOptions = {}): PropertyDecorator =>
  Whole({ ...options, min: 0, max: 15 });

/** A time of day `HH:MM` by the school's own clock, as a service tells it; what people enter is checked by its pattern. */
export const LocalTime = (options: FieldOptions = {}): PropertyDecorator => Text({ ...options, max: 5 });

/** Attendance codes: absent without known reason (Н), ill (Б), excused (У), late (О). */
export const ATTENDANCE_CODES = ['ABSENT', 'ILL', 'EXCUSED', 'LATE'] as const;

/** By how many minutes a pupil came late; null where nobody has counted. */
export const MinutesLate = (options: FieldOptions = {}): PropertyDecorator =>
  Whole({ ...options, min: 1, max: 240, nullable: true });
