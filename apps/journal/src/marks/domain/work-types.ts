import { v7 as uuidv7 } from 'uuid';

export interface NewWorkType {
  id: string;
  title: string;
  shortCode: string;
  weight: number;
  isWritten: boolean;
  position: number;
}

/** Kinds of work a school begins with; the first is meant when a mark names none. */
const USUAL: [title: string, shortCode: string, weight: number, isWritten: boolean][] = [
  ['Ответ на уроке', 'ОУ', 1, false],
  ['Домашняя работа', 'ДР', 1, true],
  ['Самостоятельная работа', 'СР', 2, true],
  ['Проверочная работа', 'ПР', 2, true],
  ['Контрольная работа', 'КР', 3, true],
  ['Практическая работа', 'ПрР', 2, true],
  ['Лабораторная работа', 'ЛР', 2, true],
  ['Тест', 'Т', 2, true],
  ['Диктант', 'Д', 3, true],
  ['Сочинение, изложение', 'Соч', 3, true],
  ['Проект', 'П', 2, false],
];

/** The usual kinds of work with new ids. */
export const usualWorkTypes = (): NewWorkType[] =>
  USUAL.map(([title, shortCode, weight, isWritten], position) => ({
    id: uuidv7(),
    title,
    shortCode,
    weight,
    isWritten,
    position,
  }));
