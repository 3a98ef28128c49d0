import { describe, expect, it } from '@jest/globals';
import type { Notice, NoticeContent } from '../notices/notice.js';
import { compose } from './compose.js';

const LESSON = { subjectTitle: 'Алгебра', date: '2026-11-20', lessonNumber: 2 };
const HEAD = {
  schoolName: 'Школа № 1',
  publicUrl: 'https://parta.example',
  unsubscribeUrl: 'https://parta.example/unsubscribe/token',
};
const mark = (more: Partial<Extract<NoticeContent, { about: 'mark' }>> = {}): NoticeContent => ({
  about: 'mark',
  ...LESSON,
  value: '5',
  workTypeTitle: 'Контрольная работа',
  comment: null,
  previousValue: null,
  isAnnulled: false,
  ...more,
});
const notice = (content: NoticeContent, child = 'Пётр'): Notice => ({
  kind: 'mark',
  studentId: child,
  givenName: child,
  familyName: 'Иванов',
  content,
});
const sms = (...notices: Notice[]): string => compose('sms', notices, HEAD).text;

describe('what a family reads', () => {
  it('an SMS names child, subject, date and mark, in one short message', () => {
    const text = sms(notice(mark()));
    expect(text).toBe('Пётр И.: Алгебра 20.11: отметка 5 (контрольная работа)');
    expect(text.length).toBeLessThanOrEqual(70);
  });

  it('an SMS holds no family name in full and no comment', () => {
    const text = sms(notice(mark({ comment: 'Списывал' })));
    expect(text).not.toContain('Иванов');
    expect(text).not.toContain('Списывал');
  });

  it('a correction shows both values, an annulment the mark that counts no more', () => {
    expect(sms(notice(mark({ value: '5', previousValue: '4' })))).toContain('исправлена: 4 → 5');
    expect(sms(notice(mark({ isAnnulled: true })))).toContain('отметка 5 аннулирована');
  });

  it('an absence says which lesson and why, lateness how long', () => {
    const absence = (code: string | null, minutesLate: number | null = null) =>
      sms(notice({ about: 'absence', ...LESSON, code, minutesLate, isCorrection: false }));
    expect(absence('ABSENT')).toBe('Пётр И.: Алгебра 20.11, 2-й урок: отсутствует на уроке');
    expect(absence('ILL')).toContain('по болезни');
    expect(absence('LATE', 5)).toContain('опоздание на 5 мин');
    expect(absence(null)).toContain('отметка о пропуске снята');
  });

  it('homework is shortened in an SMS and whole in a letter', () => {
    const text =
      '§ 5, прочитать и ответить на вопросы 1–12, выучить определения, решить № 234, 235, 236 (а, б)';
    const content: NoticeContent = {
      about: 'homework',
      ...LESSON,
      text,
      dueDate: '2026-11-23',
      isCorrection: false,
    };
    expect(sms(notice(content))).toMatch(/задано на 23\.11: § 5, .*…$/);
    expect(compose('email', [notice(content)], HEAD).text).toContain(text);
  });

  it('what was gathered is one message by child; what does not fit is counted', () => {
    expect(sms(notice(mark()), notice(mark({ value: '4' }), 'Анна'), notice(mark({ value: '3' })))).toBe(
      'Пётр И.: Алгебра 20.11: отметка 5 (контрольная работа); Алгебра 20.11: отметка 3 (контрольная работа); ' +
        'Анна И.: Алгебра 20.11: отметка 4 (контрольная работа)',
    );
    const many = sms(...Array.from({ length: 12 }, () => notice(mark())));
    expect(many.length).toBeLessThanOrEqual(335);
    expect(many).toMatch(/ и ещё \d+ — в дневнике$/);
  });

  it('a letter escapes what people have typed and carries the way out', () => {
    const letter = compose('email', [notice(mark({ comment: '<b>молодец</b>' }))], HEAD);
    expect(letter.subject).toBe('Пётр: Алгебра — отметка 5');
    expect(letter.text).toContain(
      'Иванов Пётр\n— Алгебра 20.11: отметка 5 (контрольная работа). <b>молодец</b>',
    );
    expect(letter.html).not.toContain('<b>');
    expect(letter.text).toContain('Отписаться от писем: https://parta.example/unsubscribe/token');
  });

  it('an SMS whose first event is very long still tells of it, and counts the rest', () => {
    const long = mark({ subjectTitle: 'Индивидуальный проект '.repeat(20) });
    const text = sms(notice(long), notice(mark()), notice(mark()));
    expect(text).toMatch(/^Пётр И\.: Индивидуальный проект .* и ещё 2 — в дневнике$/);
    expect(text.length).toBeLessThanOrEqual(335);
  });
});
