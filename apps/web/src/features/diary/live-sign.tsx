import { VisuallyHidden } from '@mantine/core';
import { IconCloudOff } from '@tabler/icons-react';
import { useContext, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { LiveContext } from './live-context';
import classes from './live.module.css';

/** A short break is nobody's worry: a lift, a tunnel. */
const PATIENCE_MS = 4000;

/** Says quietly that news do not come by themselves at the moment. */
export function LiveSign() {
  const { isInterrupted } = useContext(LiveContext);
  return isInterrupted ? <Interrupted /> : null;
}

function Interrupted() {
  const { t } = useTranslation('diary');
  const [isLong, setLong] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setLong(true), PATIENCE_MS);
    return () => clearTimeout(timer);
  }, []);
  if (!isLong) return null;
  return (
    <span className={classes.interrupted} title={t('live.interrupted')}>
      <IconCloudOff size={20} stroke={1.75} aria-hidden />
      <VisuallyHidden>{t('live.interrupted')}</VisuallyHidden>
    </span>
  );
}
