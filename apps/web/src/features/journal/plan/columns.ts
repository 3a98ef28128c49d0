import type { Schemas } from '../../../api/types';

export type PlanReport = Schemas['ThematicPlanReport'];
export type PlanField = NonNullable<Schemas['PlanColumn']['field']>;

export const PLAN_FIELDS: readonly PlanField[] = ['topic', 'section', 'homework', 'isControlWork'];
const PARAMETERS: Record<PlanField, string> = {
  topic: 'topicColumn',
  section: 'sectionColumn',
  homework: 'homeworkColumn',
  isControlWork: 'controlWorkColumn',
};

/** How a file is read, where a person says it. */
export interface PlanChoice {
  sheet?: string;
  headingRow?: number;
  /** 0 for a field that the sheet does not have */
  columns?: Record<PlanField, number>;
}

/** How a file was read, said in full: what a person confirms is read in the very same way. */
export const choiceOf = ({ sheet, headingRow, columns }: PlanReport): Required<PlanChoice> => ({
  sheet,
  headingRow,
  columns: Object.fromEntries(
    PLAN_FIELDS.map((field) => [field, columns.find((one) => one.field === field)?.column ?? 0]),
  ) as Record<PlanField, number>,
});

export function queryOf(choice: PlanChoice): URLSearchParams {
  const query = new URLSearchParams();
  if (choice.sheet !== undefined) query.set('sheet', choice.sheet);
  if (choice.headingRow !== undefined) query.set('headingRow', String(choice.headingRow));
  for (const field of PLAN_FIELDS)
    if (choice.columns) query.set(PARAMETERS[field], String(choice.columns[field]));
  return query;
}

/** A column as spreadsheet programs name it: 1 is A, 27 is AA. */
export function letterOf(column: number): string {
  let letters = '';
  for (let left = column; left > 0; left = Math.floor((left - 1) / 26))
    letters = String.fromCharCode(65 + ((left - 1) % 26)) + letters;
  return letters;
}
