import { createContext, useContext } from 'react';
import { useTranslation } from 'react-i18next';
import { makeFormats, type Formats } from './format';

/** Instants are shown in the time zone of the school, not of the browser: a school day is the school's. */
export const TimeZoneContext = createContext<string | undefined>(undefined);

/** Formatters take long to make, and a page has hundreds of places that format. */
const made = new Map<string, Formats>();

export function useFormats(): Formats {
  const { t, i18n } = useTranslation();
  const timeZone = useContext(TimeZoneContext);
  const today = t('today');
  const key = `${i18n.language} ${timeZone ?? ''} ${today}`;
  let formats = made.get(key);
  if (!formats) made.set(key, (formats = makeFormats(i18n.language, timeZone, today)));
  return formats;
}
