import { useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormats } from '../../i18n/use-formats';
import { numberOf } from './averages';
import classes from './marks.module.css';
import { useFresh } from './live-context';
import type { Mark } from './types';

interface MarkChipsProps {
  marks: Mark[];
  subject: string;
  isNew?(mark: Mark): boolean;
}

/** Marks with their kind of work; a tap says the rest in place. */
export function MarkChips({ marks, subject, isNew }: MarkChipsProps) {
  const { t } = useTranslation('diary');
  const [openId, setOpenId] = useState<string | null>(null);
  const id = useId();
  if (marks.length === 0) return null;
  const open = marks.find(({ markId }) => markId === openId);
  return (
    <div>
      <ul className={classes.chips} aria-label={t('lesson.marks', { subject })}>
        {marks.map((mark) => (
          <li key={mark.markId}>
            <Chip
              mark={mark}
              isNew={isNew?.(mark) ?? false}
              isOpen={mark === open}
              detailsId={id}
              onToggle={() => setOpenId(mark === open ? null : mark.markId)}
            />
          </li>
        ))}
      </ul>
      <div id={id}>{open && <MarkDetails mark={open} />}</div>
    </div>
  );
}

interface ChipProps {
  mark: Mark;
  isNew: boolean;
  isOpen: boolean;
  detailsId: string;
  onToggle(): void;
}

function Chip({ mark, isNew, isOpen, detailsId, onToggle }: ChipProps) {
  const { t } = useTranslation('diary');
  const isFresh = useFresh(mark);
  return (
    <button
      type="button"
      className={classes.chip}
      data-fresh={isFresh || undefined}
      aria-expanded={isOpen}
      aria-controls={detailsId}
      onClick={onToggle}
    >
      <MarkFigure value={mark.value} />
      <span className={classes.chipKind}>{mark.workTypeTitle}</span>
      {isNew && <span className={classes.chipNew}>{t('mark.new')}</span>}
    </button>
  );
}

/** The figure of a mark on its quiet ground. */
export function MarkFigure({ value, isFresh = false }: { value: string; isFresh?: boolean }) {
  return (
    <span
      className={classes.figure}
      data-mark={numberOf(value) ?? undefined}
      data-fresh={isFresh || undefined}
    >
      {value}
    </span>
  );
}

export function MarkDetails({ mark }: { mark: Mark }) {
  const { t } = useTranslation('diary');
  const formats = useFormats();
  const facts: [string, string][] = [
    [t('mark.weight'), formats.number(mark.weight)],
    ...(mark.previousValue ? ([[t('mark.previous'), mark.previousValue]] as [string, string][]) : []),
    [t(mark.previousValue ? 'mark.corrected' : 'mark.recorded'), formats.moment(mark.recordedAt)],
    ...(mark.comment ? ([[t('mark.comment'), mark.comment]] as [string, string][]) : []),
  ];
  return (
    <dl className={classes.facts}>
      {facts.map(([name, value]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}
