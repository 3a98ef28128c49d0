import type { Worksheet } from 'exceljs';
import { linesOf, put, signature, type Look } from '../workbook/sheet.js';
import type { ClassProgress } from './class-progress.query.js';
import { classRates, expectedMarks, standingOf, type Standing } from './rates.js';

const GROUPS: [standing: Standing, title: string][] = [
  ['excellent', 'Отличники'],
  ['good', 'Хорошисты'],
  ['one-three', 'С одной тройкой'],
  ['failing', 'Неуспевающие'],
  ['not-attested', 'Не аттестованы хотя бы по одному предмету'],
];
const METHOD =
  'Пока отметки за период не выставлены, отметкой по предмету считается средневзвешенный балл, округлённый до целого; ' +
  'без отметок — н/а. Качество знаний — доля 4 и 5, успеваемость — доля без 2 и н/а; выбывшие не учитываются.';

/**
 * The text under the table: shares of the class, who does how, signatures.
 * @returns the last row
 */
export function addConclusion(
  sheet: Worksheet,
  report: ClassProgress,
  firstRow: number,
  lastColumn: number,
): number {
  let row = firstRow - 1;
  const line = (text: string, look: Look = {}): void => {
    row += 1;
    sheet.mergeCells(row, 1, row, lastColumn);
    put(sheet.getCell(row, 1), text, { size: 11, wrap: true, ...look });
    sheet.getRow(row).height = 16 * linesOf(text, 24 + (lastColumn - 2) * 4);
  };
  const active = report.pupils
    .filter((pupil) => pupil.isActive)
    .map((pupil) => ({
      name: `${pupil.familyName} ${pupil.givenName}`,
      marks: expectedMarks(pupil),
    }))
    .map((pupil) => ({ ...pupil, standing: standingOf([...pupil.marks.values()]) }));
  if (report.gradeLevel === 1)
    line(`Учеников на конец периода: ${active.length}. В первом классе отметки не выставляются.`, {
      bold: true,
    });
  else standings();
  row += 1;
  const { homeroomTeachers } = report;
  line(
    signature('Классный руководитель (куратор)', homeroomTeachers.length === 1 ? homeroomTeachers[0]! : null),
  );
  line(signature('Заместитель директора', report.deputyHead));
  line('«____» ______________ 20____ г.');
  return row;

  function standings(): void {
    const { qualityRate, passRate } = classRates(active.map((pupil) => pupil.standing));
    line(
      `Учеников на конец периода: ${active.length}. Качество знаний: ${percent(qualityRate)}. Успеваемость: ${percent(passRate)}.`,
      { bold: true },
    );
    for (const [standing, title] of GROUPS) {
      const names = active
        .filter((pupil) => pupil.standing === standing)
        .map(({ name, marks }) => name + why(standing, marks));
      line(`${title} (${names.length}): ${names.join(', ') || '—'}`);
    }
    line(METHOD, { size: 9 });
  }
}

/** The subjects that put a pupil there. */
function why(standing: Standing, marks: ReadonlyMap<string, unknown>): string {
  const sought = standing === 'one-three' ? 3 : standing === 'failing' ? 2 : null;
  if (sought === null) return '';
  const subjects = [...marks].filter(([, mark]) => mark === sought).map(([title]) => title);
  return ` (${subjects.join(', ')})`;
}

const percent = (share: number | null): string =>
  share === null ? '—' : `${(share * 100).toLocaleString('ru-RU', { maximumFractionDigits: 1 })} %`;
