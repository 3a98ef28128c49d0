import { newWorkbook } from '../workbook/sheet.js';
import { spanText, type NamedSpan } from '../workbook/span.js';
import type { ClassJournal } from './class-journal.query.js';
import { addMarksPage } from './marks-page.js';
import { spreadsOf } from './spreads.js';
import { addTitlePage } from './title-page.js';
import { addTopicsPage } from './topics-page.js';

/**
 * The journal laid out like the paper one (R190): a title page, then openings of two A4 pages each, on the left the
 * marks, on the right what was taught and set as homework.
 * @param onProgress hears the share (0–1) that is laid out, and may stop the work by failing
 */
export async function classJournalWorkbook(
  journal: ClassJournal,
  span: NamedSpan,
  now: Date,
  onProgress: (share: number) => Promise<void>,
): Promise<Buffer> {
  const workbook = newWorkbook(`Журнал ${journal.title}, ${spanText(span)}`, now);
  addTitlePage(workbook, journal, span, now);
  const spreads = spreadsOf(journal.lessons);
  let before = 0;
  for (const [i, lessons] of spreads.entries()) {
    const opening = { number: i + 1, isLast: i === spreads.length - 1, lessons, before };
    addMarksPage(workbook, journal, span, opening);
    addTopicsPage(workbook, journal, span, opening);
    before += lessons.length;
    await onProgress((i + 1) / (spreads.length + 1));
  }
  return Buffer.from(await workbook.xlsx.writeBuffer());
}
