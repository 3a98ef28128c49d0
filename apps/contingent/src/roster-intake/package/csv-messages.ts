import type { CsvFault } from './csv-scanner.js';
import type { RosterIssue } from './issues.js';

/** A fault of the CSV grammar as an issue of the report. */
export function csvIssue(file: string, fault: CsvFault): RosterIssue {
  return { file, row: fault.row, field: null, code: fault.code, message: messageOf(fault) };
}

function messageOf({ code, row, detail }: CsvFault): string {
  switch (code) {
    case 'csv.unclosed_quote':
      return `В строке ${row} открыта кавычка, которая нигде не закрывается; остальная часть файла не прочитана. Закройте кавычку или удвойте её, если она — часть значения.`;
    case 'csv.unescaped_quote':
      return `В строке ${row} кавычка стоит внутри значения, не взятого в кавычки. Возьмите всё значение в кавычки, а внутренние кавычки удвойте: "МБОУ ""Школа № 1""".`;
    case 'csv.unexpected_character_after_quote':
      return `В строке ${row} после закрывающей кавычки стоит не запятая и не конец строки. Если кавычка — часть значения, удвойте её: "МБОУ ""Школа № 1""".`;
    case 'csv.bare_carriage_return':
      return `В строке ${row} есть возврат каретки (CR) без перевода строки (LF). Завершайте строки парой CRLF или одним LF.`;
    case 'csv.line_break_in_quoted_field':
      return `В строке ${row} внутри значения есть перенос строки. Уберите переносы: каждая запись занимает ровно одну строку.`;
    case 'csv.record_too_long':
      return `Строка ${row} длиннее допустимого; остальная часть файла не прочитана. Проверьте, что записи разделены переводами строк.`;
    case 'csv.wrong_delimiter':
      return `Столбцы разделены не запятой (${detail ?? 'другой знак'}). Выгрузите файл с разделителем «запятая»: в Excel это «CSV UTF-8» с запятой в региональных настройках.`;
    case 'csv.invalid_encoding':
      return detail
        ? `Строка ${row} не в кодировке UTF-8 (похоже на ${detail}). Сохраните файл в кодировке «UTF-8».`
        : `Строка ${row} не читается как UTF-8 или содержит нулевой байт. Сохраните файл в кодировке «UTF-8».`;
  }
}
