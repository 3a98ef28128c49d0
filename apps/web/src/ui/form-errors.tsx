import { Anchor, List, Text } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { TonePanel } from './tone-panel';

interface FormErrorsProps {
  /** field id → what is wrong with it, in the order of the form */
  errors: { id: string; label: string; text: string }[];
}

/** All errors of a form in one place, each leading to its field. */
export function FormErrors({ errors }: FormErrorsProps) {
  const { t } = useTranslation();
  if (errors.length === 0) return null;
  return (
    <div role="alert">
      <TonePanel tone="bad" icon={<IconAlertTriangle size={20} aria-hidden />}>
        <Text size="sm" fw={600}>
          {t('formErrors', { count: errors.length })}
        </Text>
        <List size="sm" mt={4} spacing={2}>
          {errors.map(({ id, label, text }) => (
            <List.Item key={id}>
              <Anchor
                component="button"
                type="button"
                c="inherit"
                underline="always"
                ta="start"
                size="sm"
                style={{ verticalAlign: 'top' }}
                onClick={() => document.getElementById(id)?.focus()}
              >
                {label}: {text}
              </Anchor>
            </List.Item>
          ))}
        </List>
      </TonePanel>
    </div>
  );
}
