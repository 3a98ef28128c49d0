import { createContext, useContext, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { makeFormats, type Formats } from './format';

/** Instants are shown in the time zone of the school, not of the browser: a school day is the school's. */
export const TimeZoneContext = createContext<string | undefined>(undefined);

export function useFormats(): Formats {
  const { t, i18n } = useTranslation();
  const timeZone = useContext(TimeZoneContext);
  const today = t('today');
  return useMemo(() => makeFormats(i18n.language, timeZone, today), [i18n.language, timeZone, today]);
}
