import { Button, Paper } from '@mantine/core';
import { useContext } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormats } from '../../i18n/use-formats';
import diary from '../diary/diary.module.css';
import { freshKey, LiveContext } from '../diary/live-context';
import { MarkFigure } from '../diary/mark-chips';
import type { News } from '../diary/news';
import classes from './home.module.css';

/** Marks since the last visit. */
export function NewsList({ news, onRead }: { news: News[]; onRead(): void }) {
  const { t } = useTranslation('diary');
  const formats = useFormats();
  const { fresh } = useContext(LiveContext);
  return (
    <Paper className={classes.panel}>
      <div className={classes.panelHead}>
        <h3>{t('home.news')}</h3>
        {news.length > 0 && (
          <Button variant="subtle" size="compact-sm" mih={44} onClick={onRead}>
            {t('home.read')}
          </Button>
        )}
      </div>
      {news.length === 0 ? (
        <p className={classes.nothing}>{t('home.noNews')}</p>
      ) : (
        <ul className={diary.lessons}>
          {news.map(({ lesson, mark }) => (
            <li key={mark.markId} className={classes.row}>
              <MarkFigure value={mark.value} isFresh={fresh.has(freshKey(mark))} />
              <div className={classes.rowBody}>
                <p className={classes.subject}>{lesson.subjectTitle}</p>
                <p className={diary.quiet}>
                  {[
                    mark.workTypeTitle,
                    mark.previousValue && t('home.was', { value: mark.previousValue }),
                    formats.moment(mark.recordedAt),
                  ]
                    .filter(Boolean)
                    .join(', ')}
                </p>
                {mark.comment && <p className={classes.note}>{mark.comment}</p>}
              </div>
            </li>
          ))}
        </ul>
      )}
    </Paper>
  );
}
