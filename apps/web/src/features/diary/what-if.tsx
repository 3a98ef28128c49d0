import { Button, VisuallyHidden } from '@mantine/core';
import { IconX } from '@tabler/icons-react';
import { useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormats } from '../../i18n/use-formats';
import { averagesOf, weightsOf, type Weighed } from './averages';
import { MarkFigure } from './mark-chips';
import classes from './what-if.module.css';

const VALUES = ['5', '4', '3', '2'];

/** Imagined marks beside the real ones. They live as long as the subject is open, and go nowhere. */
export function WhatIf({ marks }: { marks: Weighed[] }) {
  const { t } = useTranslation(['diary', 'common']);
  const { number } = useFormats();
  const title = useId();
  const weights = weightsOf(marks);
  const [weight, setWeight] = useState(1);
  const [imagined, setImagined] = useState<(Weighed & { key: number })[]>([]);
  const now = averagesOf(marks);
  const then = averagesOf([...marks, ...imagined]);
  const figure = (value: number | null) => (value === null ? t('common:none') : number(value));

  const add = (value: string) =>
    setImagined((list) => [...list, { value, weight, key: (list.at(-1)?.key ?? 0) + 1 }]);
  const remove = (key: number) => setImagined((list) => list.filter((one) => one.key !== key));

  return (
    <section className={classes.panel} aria-labelledby={title}>
      <h2 id={title}>{t('whatIf.title')}</h2>
      <p className={classes.hint}>{t('whatIf.hint')}</p>
      {weights.length > 1 && (
        <div className={classes.buttons} role="group" aria-label={t('whatIf.weight')}>
          <span className={classes.hint} aria-hidden>
            {t('whatIf.weight')}
          </span>
          {weights.map((one) => (
            <button
              key={one}
              type="button"
              className={classes.weight}
              aria-pressed={one === weight}
              onClick={() => setWeight(one)}
            >
              {number(one)}
            </button>
          ))}
        </div>
      )}
      <div className={classes.buttons}>
        {VALUES.map((value) => (
          <button key={value} type="button" className={classes.add} onClick={() => add(value)}>
            <span aria-hidden>+</span>
            <MarkFigure value={value} />
            <VisuallyHidden>{t('whatIf.add', { value, weight: number(weight) })}</VisuallyHidden>
          </button>
        ))}
      </div>
      {imagined.length > 0 && (
        <ul className={classes.buttons} aria-label={t('whatIf.added')}>
          {imagined.map(({ key, value, weight: own }) => (
            <li key={key}>
              <button type="button" className={classes.added} onClick={() => remove(key)}>
                <MarkFigure value={value} />
                <span aria-hidden>×{number(own)}</span>
                <IconX size={16} aria-hidden />
                <VisuallyHidden>{t('whatIf.remove', { value, weight: number(own) })}</VisuallyHidden>
              </button>
            </li>
          ))}
          <li>
            <Button variant="subtle" mih={44} onClick={() => setImagined([])}>
              {t('whatIf.clear')}
            </Button>
          </li>
        </ul>
      )}
      <table className={classes.result}>
        <thead>
          <tr>
            <td />
            <th scope="col">{t('whatIf.now')}</th>
            <th scope="col">{t('whatIf.then')}</th>
          </tr>
        </thead>
        <tbody>
          {(['average', 'weightedAverage'] as const).map((kind) => (
            <tr key={kind}>
              <th scope="row">{t(kind === 'average' ? 'subject.average' : 'subject.weighted')}</th>
              <td>{figure(now[kind])}</td>
              <td>
                <strong>{figure(then[kind])}</strong>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      <VisuallyHidden aria-live="polite">
        {imagined.length > 0 &&
          t('whatIf.result', { average: figure(then.average), weighted: figure(then.weightedAverage) })}
      </VisuallyHidden>
    </section>
  );
}
