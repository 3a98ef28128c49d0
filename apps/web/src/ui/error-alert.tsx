import { Alert, Button, Stack, Text } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { ApiError } from '../api/error';
import { useErrorText } from '../i18n/use-error-text';

interface ErrorAlertProps {
  error: unknown;
  title?: string;
  onRetry?: () => void;
}

export function ErrorAlert({ error, title, onRetry }: ErrorAlertProps) {
  const { t } = useTranslation();
  const textOf = useErrorText();
  if (!error) return null;
  const id = error instanceof ApiError && error.status >= 500 ? error.correlationId : null;
  return (
    <Alert
      role="alert"
      color="red"
      variant="outline"
      bg="var(--parta-bad-bg)"
      icon={<IconAlertTriangle aria-hidden />}
      title={title}
      styles={{
        title: { color: 'var(--parta-bad-fg)' },
        icon: { color: 'var(--parta-bad-fg)' },
        message: { color: 'var(--parta-bad-fg)' },
      }}
    >
      <Stack gap="xs" align="flex-start">
        <span>{textOf(error)}</span>
        {id && (
          <Text size="xs" component="span">
            {t('requestNumber', { id })}
          </Text>
        )}
        {onRetry && (
          <Button size="xs" variant="default" onClick={onRetry}>
            {t('retry')}
          </Button>
        )}
      </Stack>
    </Alert>
  );
}
