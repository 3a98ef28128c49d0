import type { ParseKeys } from 'i18next';
import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import { ApiError, type FieldProblem } from '../api/error';

/** What to tell a person about a failure: what happened, what was kept, what to do. */
export function useErrorText(): (error: unknown) => string {
  const { t, i18n } = useTranslation('errors');
  return useCallback(
    (error: unknown) => {
      if (!(error instanceof ApiError)) return t('client.failure');
      if (i18n.exists(error.code, { ns: 'errors' })) return t(error.code as ParseKeys<'errors'>) as string;
      return error.correlationId
        ? t('unknown.withId', { id: error.correlationId })
        : t('unknown.withoutId', { status: error.status });
    },
    [t, i18n],
  );
}

/** The text beside one field that the server refused. */
export function useFieldErrorText(): (problem: FieldProblem) => string {
  const { t, i18n } = useTranslation('errors');
  return useCallback(
    ({ code }: FieldProblem) => {
      const key = `field.${code}`;
      return i18n.exists(key, { ns: 'errors' })
        ? (t(key as ParseKeys<'errors'>) as string)
        : t('field.other');
    },
    [t, i18n],
  );
}
