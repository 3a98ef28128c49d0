import { useMediaQuery } from '@mantine/hooks';

/** Read at the first render already: a table must not flash where cards belong. */
export const usePhone = (): boolean =>
  useMediaQuery('(max-width: 47.99em)', undefined, { getInitialValueInEffect: false }) ?? false;
