import { Avatar } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Link, type To } from 'react-router';
import { initials } from '../../ui/names';
import { useChildren, type Child } from './children';
import classes from './pills.module.css';

interface ChildSwitchProps {
  current: string | null;
  to(child: Child): To;
  /** where all children are shown together */
  all?: To;
}

/** One tap to another child; a family with one sees nothing. */
export function ChildSwitch({ current, to, all }: ChildSwitchProps) {
  const { t } = useTranslation('diary');
  const children = useChildren();
  if (children.length < 2) return null;
  return (
    <nav aria-label={t('children')} className={classes.pills}>
      {all && (
        <Link to={all} className={classes.pill} aria-current={current === null ? 'page' : undefined} replace>
          {t('allChildren')}
        </Link>
      )}
      {children.map((child) => (
        <Link
          key={child.studentId}
          to={to(child)}
          className={classes.pill}
          aria-current={current === child.studentId ? 'page' : undefined}
          replace
        >
          <Avatar size={28} color="ink" variant="filled" fz={11} aria-hidden>
            {initials(child)}
          </Avatar>
          {child.givenName}
        </Link>
      ))}
    </nav>
  );
}
