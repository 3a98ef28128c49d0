import type { ReportKind } from '@parta/contracts-reporting';
import { spanText, type NamedSpan } from '../../workbook/span.js';

const PREFIX: Record<ReportKind, string> = {
  'class-subject-journal': 'Журнал',
  'class-progress': 'Успеваемость',
};

/** «Журнал 7А Алгебра, II четверть.xlsx», without what file systems refuse. */
export function fileNameOf(report: NamedSpan & { kind: ReportKind; title: string }): string {
  const name = `${PREFIX[report.kind]} ${report.title}, ${spanText(report)}`;

  const safe = name.replace(/[\u0000-\u001f\u007f/\\:*?"<>|]+/g, '-').replace(/\s+/g, ' ');
  return `${[...safe].slice(0, 150).join('').trim()}.xlsx`;
}
